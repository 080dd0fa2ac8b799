// The picture: one line for each pair of nodes, whatever the number of facts between them.
const INK = '#1b1b1f', LINE = '#6b7075', CHOSEN = '#b3261e';
const steady = matchMedia('(prefers-reduced-motion: reduce)').matches;
const pairs = new Map();
data.facts.forEach(fact => {
  const key = `${Math.min(fact.from, fact.to)}-${Math.max(fact.from, fact.to)}`;
  if (!pairs.has(key)) pairs.set(key, {id: `line-${key}`, source: `${fact.from}`, target: `${fact.to}`, facts: []});
  pairs.get(key).facts.push(fact);
});

// An arrow at the end to which a fact points; what both did together points nowhere.
const arrow = (edge, end) =>
  edge.data('facts').some(fact => !fact.mutual && `${fact.to}` === edge.data(end)) ? 'triangle' : 'none';

// Nodes begin apart: a line between two that lie on each other cannot be drawn, and is complained of.
const cy = cytoscape({
  container: byId('graph'),
  elements: [
    ...data.nodes.map(({kind, at: {wide: [x, y]}}, at) => ({
      group: 'nodes', position: {x, y}, data: {id: `${at}`, at, kind, size: SYMBOL.size, rim: SYMBOL.rim},
    })),
    ...[...pairs.values()].map(pair => ({group: 'edges', data: pair})),
  ],
  layout: {name: 'preset'},
  minZoom: 0.08,
  maxZoom: 4,
  boxSelectionEnabled: false,
  autounselectify: true,
  userZoomingEnabled: false,
  hideEdgesOnViewport: pairs.size > 600,
  style: [
    {selector: 'node', style: {
      width: 'data(size)', height: 'data(size)',
      'border-width': 'data(rim)', 'border-color': INK, label: '', color: INK, 'text-valign': 'bottom',
      'text-wrap': 'wrap', 'line-height': 1.2, 'font-family': getComputedStyle(document.body).fontFamily,
      'text-outline-color': '#fff', 'text-outline-opacity': 1, 'overlay-opacity': 0, 'z-index': 10,
    }},
    ...Object.entries(data.kinds).map(([kind, look]) => ({selector: `node[kind = "${kind}"]`, style: {
      ...(look.shape.length ? {shape: 'polygon', 'shape-polygon-points': look.shape.flat().join(' ')} : {shape: 'ellipse'}),
      'background-color': look.colour,
      'border-style': kind === 'surplus' ? 'dashed' : 'solid',
    }})),
    {selector: 'node.named', style: {label: node => node.data('lines').join('\n')}},
    {selector: 'node.above', style: {'text-valign': 'top'}},
    {selector: 'node.right', style: {'text-valign': 'center', 'text-halign': 'right'}},
    {selector: 'node.left', style: {'text-valign': 'center', 'text-halign': 'left'}},
    {selector: 'node[id = "0"]', style: {'font-weight': 700, 'border-width': 3, 'z-index': 20}},
    {selector: 'node.hit', style: {'underlay-color': '#ffb300', 'underlay-opacity': 0.9, 'underlay-padding': 7}},
    {selector: 'node.chosen', style: {'border-color': CHOSEN, 'border-width': 5, 'font-weight': 700, 'z-index': 30}},
    {selector: 'edge', style: {
      'curve-style': 'straight', 'line-color': LINE, 'target-arrow-color': LINE, 'source-arrow-color': LINE,
      'line-style': edge => edge.data('facts').every(fact => fact.relation === 'RECOMMENDED') ? 'dashed' : 'solid',
      width: edge => Math.min(4, 1 + Math.log2(edge.data('facts').length) / 2), 'arrow-scale': 0.9, color: INK,
      'target-arrow-shape': edge => arrow(edge, 'target'), 'source-arrow-shape': edge => arrow(edge, 'source'),
      'text-outline-color': '#fff', 'text-outline-opacity': 1, 'overlay-opacity': 0, events: 'no',
    }},
    {selector: 'edge.near', style: {
      'line-color': CHOSEN, 'target-arrow-color': CHOSEN, 'source-arrow-color': CHOSEN, 'z-index': 15,
    }},
    {selector: 'edge.out', style: {'target-label': lineText}},
    {selector: 'edge.in', style: {'source-label': lineText}},
    {selector: '.gone', style: {display: 'none'}},
  ],
});

function lineText(edge) {
  const times = new Map();
  edge.data('facts').filter(passes).forEach(fact => times.set(fact.relation, (times.get(fact.relation) || 0) + 1));
  return [...times].map(([type, count]) => inWords(data.relations[type]) + (count > 1 ? ` ×${count}` : '')).join(', ');
}

// What the eye is on: the chosen node, the node under the pointer, what was found.
const eye = {chosen: 0, over: null, hits: []};
const nodeAt = at => cy.getElementById(`${at}`);

let waiting = 0;
function refresh() {
  clearTimeout(waiting);
  waiting = setTimeout(() => layCaptions(cy, new Set([0, eye.chosen, ...eye.hits.slice(0, 12)])), 120);
}

// Whether a line has room for words.
function long(edge) {
  const [from, to] = [edge.source().renderedPosition(), edge.target().renderedPosition()];
  return Math.hypot(from.x - to.x, from.y - to.y) > 120;
}

// Tell the lines of the chosen node and of the one under the pointer, at their far ends; the centre has too many.
function markLines() {
  cy.batch(() => {
    cy.edges('.near').removeClass('near out in');
    [eye.chosen, eye.over].filter(at => at).forEach(at => {
      nodeAt(at).connectedEdges().addClass('near');
      nodeAt(at).outgoers('edge').filter(long).addClass('out');
      nodeAt(at).incomers('edge').filter(long).addClass('in');
    });
    sizeLineTexts();
  });
}

function sizeLineTexts() {
  const far = SYMBOL.size / 2 + 34 / cy.zoom();
  cy.edges('.near').style({...textStyle(cy.zoom()), 'source-text-offset': far, 'target-text-offset': far});
}

function mark() {
  cy.batch(() => {
    cy.nodes('.chosen, .hit').removeClass('chosen hit');
    eye.hits.forEach(at => nodeAt(at).addClass('hit'));
    nodeAt(eye.chosen).addClass('chosen');
  });
  markLines();
  refresh();
}

// Lay the picture out for a space that lies or stands.
function lay() {
  const form = cy.width() > cy.height() ? 'wide' : 'tall';
  cy.batch(() => cy.nodes().forEach(node => {
    const {at: {[form]: [x, y]}, caption} = data.nodes[node.data('at')];
    node.position({x, y});
    node.data('lines', broken(inWords(caption), data.forms[form]));
  }));
  byId('graph').setAttribute('aria-label', `${inWords(data.nodes[0].name)}: ${say('picture')}`);
}

// Show all of it, with room for captions at the sides and beneath, and for the buttons.
function fit() {
  lay();
  const [side, top] = small ? [40, 56] : [60, 44];
  const bottom = document.querySelector('.buttons').offsetHeight + 48;
  const box = cy.nodes(':visible').boundingBox({includeLabels: false, includeOverlays: false});
  const zoom = Math.min(1.3, (cy.width() - 2 * side) / box.w, (cy.height() - top - bottom) / box.h);
  const middle = {x: cy.width() / 2, y: top + (cy.height() - top - bottom) / 2};
  cy.viewport({zoom, pan: {x: middle.x - (box.x1 + box.w / 2) * zoom, y: middle.y - (box.y1 + box.h / 2) * zoom}});
  refresh();
}

function zoomBy(factor) {
  cy.zoom({level: cy.zoom() * factor, renderedPosition: {x: cy.width() / 2, y: cy.height() / 2}});
}

// Bring a node into sight, and near enough for its caption and those around it.
function reveal(at) {
  const node = nodeAt(at);
  const {x, y} = node.renderedPosition();
  const away = x < 60 || y < 40 || x > cy.width() - 60 || y > cy.height() - 60;
  if (away) cy.animate({center: {eles: node}}, {duration: steady ? 0 : 200});
}

function redraw() {
  cy.batch(() => {
    cy.nodes().forEach(node => node.toggleClass('gone', !shownNodes.has(node.data('at'))));
    cy.edges().forEach(edge => edge.toggleClass('gone', !edge.data('facts').some(passes)));
  });
  mark();
}

// The nearest shown node on the side of an arrow key, seen from the chosen one.
function next(key) {
  const [dx, dy] = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[key];
  const from = nodeAt(eye.chosen).position();
  let best = [Infinity, null];
  cy.nodes(':visible').forEach(node => {
    const [x, y] = [node.position('x') - from.x, node.position('y') - from.y];
    const [ahead, aside] = [x * dx + y * dy, Math.abs(x * dy) + Math.abs(y * dx)];
    if (ahead > 1 && aside <= 2 * ahead && ahead + 2 * aside < best[0]) best = [ahead + 2 * aside, node.data('at')];
  });
  return best[1];
}

// The node that a tap on the resting picture means; a finger is wide.
function nodeNear(x, y) {
  let best = [32, null];
  cy.nodes(':visible').forEach(node => {
    const place = node.renderedPosition();
    const far = Math.hypot(place.x - x, place.y - y);
    if (far < best[0]) best = [far, node.data('at')];
  });
  return best[1];
}
