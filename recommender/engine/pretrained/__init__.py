"""An engine whose weights were learnt elsewhere: features that know no set, trees and a network over them."""
