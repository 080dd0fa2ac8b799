// What a person does, and what the page does then.
function choose(at, bring = false) {
  eye.chosen = at;
  mark();
  showDetails(at);
  byId('said').textContent = sayNode(data.nodes[at], neighboursOf(at).size);
  if (bring) {
    reveal(at);
    byId('details').focus({preventScroll: true});
    byId(matchMedia('(max-width:1023px)').matches ? 'details' : 'picture').scrollIntoView({block: 'nearest'});
  }
}

function refilter() {
  applyFilter();
  if (!shownNodes.has(eye.chosen)) eye.chosen = 0;
  search();
  redraw();
  showDetails(eye.chosen);
}

function search() {
  const text = byId('search').value.trim();
  eye.hits = find(text);
  const items = eye.hits.slice(0, 8).map(at => make('li', {}, make('button', {type: 'button', onclick: () => {
    byId('hits').hidden = true;
    choose(at, true);
  }}, shape(data.nodes[at].kind), make('span', {}, inWords(data.nodes[at].name)))));
  byId('hits').hidden = !text || document.activeElement !== byId('search');
  byId('hits').replaceChildren(...(items.length ? items : [make('li', {}, say('nothing'))]));
  order.shown = STEP;
  mark();
  showTable();
}

function kindBoxes() {
  const counts = new Map();
  data.nodes.forEach(node => counts.set(node.kind, (counts.get(node.kind) || 0) + (node.more || 1)));
  const fieldset = byId('kinds');
  fieldset.querySelectorAll('label').forEach(label => label.remove());
  [...counts].forEach(([kind, count]) => {
    const box = make('input', {type: 'checkbox', checked: '', value: kind, onchange: () => {
      wanted.kinds[box.checked ? 'add' : 'delete'](kind);
      refilter();
    }});
    box.checked = wanted.kinds.has(kind);
    fieldset.append(make('label', {}, box, shape(kind), ` ${inWords(data.kinds[kind].name)} ${number(count)}`));
  });
}

function speak(language) {
  document.documentElement.lang = language;
  byId('language').lang = english() ? 'ko' : 'en';
  ['nearer', 'farther'].forEach(id => byId(id).setAttribute('aria-label', say(id)));
  kindBoxes();
  lay();
  refresh();
  search();
  showDetails(eye.chosen);
}

function onKey(event) {
  const zooms = {'+': 1.25, '=': 1.25, '-': 0.8};
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in zooms) zoomBy(zooms[event.key]);
  else if (event.key === '0') fit();
  else if (event.key === 'Escape' || event.key === 'Home') choose(0);
  else if (event.key === 'Enter') byId('details').focus();
  else if (event.key.startsWith('Arrow')) {
    const at = next(event.key);
    if (at !== null) {
      choose(at);
      reveal(at);
    }
  } else return;
  event.preventDefault();
}

function point(at) {
  eye.over = at;
  byId('tip').hidden = at === null;
  if (at !== null) {
    const place = nodeAt(at).renderedPosition();
    byId('tip').textContent = `${inWords(data.nodes[at].name)} · ${inWords(data.kinds[data.nodes[at].kind].name)}`;
    const right = place.x > cy.width() / 2;
    Object.assign(byId('tip').style, {
      left: right ? 'auto' : `${place.x + 18}px`, right: right ? `${cy.width() - place.x + 18}px` : 'auto',
      top: `${Math.max(4, place.y - 40)}px`,
    });
  }
  markLines();
}

// On a touch screen a finger moves the page, until the picture is told to listen; a tap chooses all the same.
function hold(held) {
  byId('hold').setAttribute('aria-pressed', `${held}`);
  byId('graph').style.pointerEvents = held ? 'auto' : 'none';
  cy.userZoomingEnabled(held);
}

// Only a new size makes the picture anew: what was moved or brought near stays so.
let frame = '';
function refit() {
  const now = `${byId('graph').clientWidth} ${byId('graph').clientHeight}`;
  if (now === frame) return;
  frame = now;
  cy.resize();
  fit();
}

function listenToPicture() {
  const touch = matchMedia('(pointer: coarse)').matches;
  const graph = byId('graph');
  cy.on('tap', 'node', event => choose(event.target.data('at')));
  cy.on('mouseover', 'node', event => point(event.target.data('at')));
  cy.on('mouseout', 'node', () => point(null));
  cy.on('zoom', () => {
    refresh();
    sizeLineTexts();
  });
  new ResizeObserver(refit).observe(graph);
  if (touch) hold(false);
  byId('hold').addEventListener('click', () => hold(byId('hold').getAttribute('aria-pressed') !== 'true'));
  byId('picture').addEventListener('click', event => {
    if (event.target !== byId('picture')) return;
    const corner = graph.getBoundingClientRect();
    const at = nodeNear(event.clientX - corner.left, event.clientY - corner.top);
    if (at !== null) choose(at);
  });
  graph.addEventListener('keydown', onKey);
  graph.addEventListener('mousedown', () => graph.focus({preventScroll: true}));
  graph.addEventListener('focus', () => touch || cy.userZoomingEnabled(true));
  graph.addEventListener('blur', () => touch || cy.userZoomingEnabled(false));
}

function listenToPage() {
  byId('nearer').addEventListener('click', () => zoomBy(1.4));
  byId('farther').addEventListener('click', () => zoomBy(1 / 1.4));
  byId('fit').addEventListener('click', fit);
  byId('full').hidden = !document.fullscreenEnabled;
  byId('full').addEventListener('click', () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.querySelector('.sight').requestFullscreen();
  });
  byId('language').addEventListener('click', () => speak(english() ? 'ko' : 'en'));
  byId('search').addEventListener('input', search);
  byId('search').addEventListener('focus', search);
  byId('search').addEventListener('keydown', event => {
    if (event.key === 'Escape') byId('hits').hidden = true;
    if (event.key === 'Enter' && eye.hits.length) byId('hits').querySelector('button').click();
  });
  document.addEventListener('click', event => {
    if (!event.target.closest('.search')) byId('hits').hidden = true;
  });
  ['from', 'until'].forEach(id => byId(id).addEventListener('change', event => {
    wanted[id] = event.target.value;
    refilter();
  }));
  byId('undated').addEventListener('change', event => {
    wanted.undated = event.target.checked;
    refilter();
  });
  document.querySelector('#filter form').addEventListener('reset', () => {
    Object.assign(wanted, {kinds: new Set(Object.keys(data.kinds)), from: '', until: '', undated: true});
    kindBoxes();
    setTimeout(refilter);
  });
  byId('more').addEventListener('click', () => {
    order.shown += STEP;
    showTable();
  });
  // Paper has no button for more.
  window.addEventListener('beforeprint', () => {
    byId('filter').open = true;
    order.shown = Infinity;
    showTable();
  });
  window.addEventListener('afterprint', () => {
    order.shown = STEP;
    showTable();
  });
  byId('csv').addEventListener('click', () => {
    const url = URL.createObjectURL(new Blob([csv()], {type: 'text/csv'}));
    make('a', {href: url, download: `${inWords(data.nodes[0].name).replace(/[\\/:*?"<>|]/g, ' ')}.csv`}).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });
}

if (small) byId('filter').open = false;
listenToPicture();
listenToPage();
speak(location.hash === '#en' ? 'en' : 'ko');
refit();
choose(0);
