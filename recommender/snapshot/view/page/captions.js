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

// What names of organisations begin or end with, mostly without a blank.
const AFFIXES = ['주식회사', '유한회사', '협동조합', '산학협력단', '(가상)'];
const parted = (first, rest) => AFFIXES.some(word => first.endsWith(word) || rest.startsWith(word));

// Few lines of about the same length.
function broken(text, {ems: width, lines}) {
  const letters = [...text];
  const count = Math.min(lines, Math.ceil(ems(text) / width));
  if (count < 2) return [text];
  const price = at => {
    const [first, rest] = [letters.slice(0, at).join(''), letters.slice(at).join('')];
    return Math.abs(ems(first) - ems(text) / count) + (parted(first, rest) ? 0 : cost(letters[at - 1], letters[at]));
  };
  const at = [...letters.keys()].slice(1).reduce((best, each) => price(each) < price(best) ? each : best);
  const [first, rest] = [letters.slice(0, at).join('').trim(), letters.slice(at).join('').trim()];
  return [first, ...broken(rest, {ems: width, lines: count - 1})];
}

const inside = (box, cy) => box.left >= 0 && box.right <= cy.width();
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

// Where a caption may stand, the usual first: on which side of its node, across and down. Beside it only where all of
// it is in sight.
const SIDES = {below: [0, 1], above: [0, -1], right: [1, 0], left: [-1, 0]};

function captionBox(node, size, [across, down]) {
  const [place, radius] = [node.renderedPosition(), node.renderedHeight() / 2];
  const lines = node.data('lines');
  const half = (Math.max(...lines.map(ems)) * size) / 2 + 2;
  const high = lines.length * size * CAPTION.line / 2;
  const [x, y] = [
    place.x + across * (radius + CAPTION.gap + half), place.y + down * (radius + CAPTION.gap + high),
  ];
  return {left: x - half, right: x + half, top: y - high, bottom: y + high};
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

// Choose the captions that fit on any side, the most important first, and give them the size of the zoom.
function layCaptions(cy, first) {
  const zoom = cy.zoom();
  const nodes = cy.nodes(':visible').toArray();
  const rank = node => [first.has(node.data('at')) ? 0 : 1, -node.degree(), node.data('at')];
  const ranked = nodes.map(node => [rank(node), node]).sort(([a], [b]) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  cy.batch(() => sizeSymbols(cy));
  const symbols = new Map(nodes.map(node => [node.id(), symbolBox(node)]));
  const taken = [...symbols];
  const chosen = new Map();
  ranked.forEach(([[must], node]) => {
    const boxes = Object.entries(SIDES).map(([side, way]) => [side, captionBox(node, captionSize(zoom), way)])
      .filter(([side, box]) => SIDES[side][1] || inside(box, cy));
    const free = boxes.find(([, box]) => !taken.some(([id, other]) => id !== node.id() && overlap(box, other)));
    if (must && !free) return;
    const [side, box] = free || boxes[0];
    chosen.set(node.id(), side);
    taken.push(['', box]);
  });
  cy.batch(() => cy.nodes().forEach(node => {
    const side = chosen.get(node.id());
    const named = side !== undefined;
    if (node.hasClass('named') !== named) node.toggleClass('named', named);
    Object.keys(SIDES).forEach(each => {
      if (node.hasClass(each) !== (each === side)) node.toggleClass(each, each === side);
    });
    if (!named) return;
    const [x, y] = SIDES[side].map(way => way * CAPTION.gap / zoom);
    node.style({...textStyle(zoom), 'text-margin-x': x, 'text-margin-y': y});
  }));
}
