// Captions keep a size that can be read at any zoom; where there is no room for all, those of fewer neighbours wait.
const CAPTION = {size: 12, most: 15, line: 1.3, gap: 3};
const SYMBOL = {size: 30, centre: 46, least: 11, rim: 1.5, leastRim: 1};

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

function captionBox(node, size, above) {
  const [place, radius] = [node.renderedPosition(), node.renderedHeight() / 2];
  const lines = node.data('lines');
  const half = (Math.max(...lines.map(ems)) * size) / 2 + 2;
  const high = lines.length * size * CAPTION.line;
  const top = place.y + (above ? -radius - CAPTION.gap - high : radius + CAPTION.gap);
  return {left: place.x - half, right: place.x + half, top, bottom: top + high};
}

// A caption may touch the rim of another symbol.
function symbolBox(node) {
  const [place, half] = [node.renderedPosition(), node.renderedHeight() * 0.3];
  return {left: place.x - half, right: place.x + half, top: place.y - half, bottom: place.y + half};
}

// Symbols and their rims stay large enough to be told apart when all of a large graph is in sight.
function sizeSymbols(cy) {
  const zoom = cy.zoom();
  const rim = Math.max(SYMBOL.rim, SYMBOL.leastRim / zoom);
  cy.nodes().forEach(node => {
    const size = Math.max(node.data('at') === 0 ? SYMBOL.centre : SYMBOL.size, SYMBOL.least / zoom);
    if (node.data('size') !== size || node.data('rim') !== rim) node.data({size, rim});
  });
}

const captionSize = zoom => Math.min(CAPTION.most, Math.max(CAPTION.size, CAPTION.size * zoom));
const textStyle = zoom => ({'font-size': captionSize(zoom) / zoom, 'text-outline-width': 2.5 / zoom});

// Choose the captions that fit beneath or above, the most important first, and give them the size of the zoom.
function layCaptions(cy, first) {
  const zoom = cy.zoom();
  const nodes = cy.nodes(':visible').toArray();
  const rank = node => [first.has(node.data('at')) ? 0 : 1, -node.degree(), node.data('at')];
  const ranked = nodes.map(node => [rank(node), node]).sort(([a], [b]) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  cy.batch(() => sizeSymbols(cy));
  const symbols = new Map(nodes.map(node => [node.id(), symbolBox(node)]));
  const taken = [...symbols];
  const sides = new Map();
  ranked.forEach(([[must], node]) => {
    const boxes = [false, true].map(above => captionBox(node, captionSize(zoom), above));
    const free = boxes.findIndex(box => !taken.some(([id, other]) => id !== node.id() && overlap(box, other)));
    if (must && free < 0) return;
    sides.set(node.id(), free === 1);
    taken.push(['', boxes[Math.max(0, free)]]);
  });
  cy.batch(() => cy.nodes().forEach(node => {
    const [named, above] = [sides.has(node.id()), sides.get(node.id()) === true];
    if (node.hasClass('named') !== named) node.toggleClass('named', named);
    if (node.hasClass('above') !== above) node.toggleClass('above', above);
    if (named) node.style({...textStyle(zoom), 'text-margin-y': (above ? -CAPTION.gap : CAPTION.gap) / zoom});
  }));
}
