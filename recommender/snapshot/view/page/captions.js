// Captions keep a size that can be read at any zoom; where there is no room for all, those of fewer neighbours wait.
const CAPTION = {size: 12, most: 15, line: 1.3, gap: 3};
const SYMBOL = {size: 30, centre: 46, least: 15};

// Hangul and the like take one em, Latin letters and digits about half.
const ems = text => [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e7f ? 1 : 0.58), 0);

// How unwelcome a new line is between two letters, in ems: at a blank or bracket it is not, within a word it is.
function cost(before, after) {
  if (before === ' ' || after === ' ') return 0;
  if (after === '(' || '…·,)]'.includes(before)) return 0.5;
  return [before, after].every(letter => /[\w.㎡#]/.test(letter)) || '…·,)]'.includes(after) ? 9 : 2;
}

// Few lines of about the same length.
function broken(text, {ems: width, lines}) {
  const letters = [...text];
  const count = Math.min(lines, Math.ceil(ems(text) / width));
  if (count < 2) return [text];
  const price = at =>
    Math.abs(ems(letters.slice(0, at).join('')) - ems(text) / count) + cost(letters[at - 1], letters[at]);
  const at = [...letters.keys()].slice(1).reduce((best, each) => price(each) < price(best) ? each : best);
  const [first, rest] = [letters.slice(0, at).join('').trim(), letters.slice(at).join('').trim()];
  return [first, ...broken(rest, {ems: width, lines: count - 1})];
}

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function captionBox(node, size) {
  const [place, radius] = [node.renderedPosition(), node.renderedHeight() / 2];
  const lines = node.data('lines');
  const half = (Math.max(...lines.map(ems)) * size) / 2 + 2;
  const top = place.y + radius + CAPTION.gap;
  return {left: place.x - half, right: place.x + half, top, bottom: top + lines.length * size * CAPTION.line};
}

// A caption may touch the rim of another symbol.
function symbolBox(node) {
  const [place, half] = [node.renderedPosition(), node.renderedHeight() * 0.3];
  return {left: place.x - half, right: place.x + half, top: place.y - half, bottom: place.y + half};
}

// Symbols stay large enough to be told apart when all of a large graph is in sight.
function sizeSymbols(cy) {
  const least = SYMBOL.least / cy.zoom();
  cy.nodes().forEach(node => {
    const size = Math.max(node.data('at') === 0 ? SYMBOL.centre : SYMBOL.size, least);
    if (node.data('size') !== size) node.data('size', size);
  });
}

const captionSize = zoom => Math.min(CAPTION.most, Math.max(CAPTION.size, CAPTION.size * zoom));
const textStyle = zoom => ({'font-size': captionSize(zoom) / zoom, 'text-outline-width': 2.5 / zoom});

// Choose the captions that fit, the most important first, and give them the size of the zoom.
function layCaptions(cy, first) {
  const zoom = cy.zoom();
  const nodes = cy.nodes(':visible').toArray();
  const rank = node => [first.has(node.data('at')) ? 0 : 1, -node.degree(), node.data('at')];
  const ranked = nodes.map(node => [rank(node), node]).sort(([a], [b]) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  cy.batch(() => sizeSymbols(cy));
  const symbols = new Map(nodes.map(node => [node.id(), symbolBox(node)]));
  const taken = [...symbols];
  const named = new Set();
  ranked.forEach(([[must], node]) => {
    const box = captionBox(node, captionSize(zoom));
    if (must && taken.some(([id, other]) => id !== node.id() && overlap(box, other))) return;
    named.add(node.id());
    taken.push(['', box]);
  });
  cy.batch(() => cy.nodes().forEach(node => {
    const shown = named.has(node.id());
    if (node.hasClass('named') !== shown) node.toggleClass('named', shown);
    if (shown) node.style({...textStyle(zoom), 'text-margin-y': CAPTION.gap / zoom});
  }));
}
