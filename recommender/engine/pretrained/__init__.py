"""An engine whose weights were learned elsewhere: features that know no set, trees and a network over them."""
