// All that is known of the chosen node: its own facts, where they come from, and its relationships.
const SHOWN_EACH = small ? 5 : 12;

function origin(record) {
  const parts = [record.source && sourceName(record.source), record.sourceId].filter(Boolean).join(' · ');
  const loaded = record.loaded ? [`${parts && ' · '}${say('loaded')} `, day(record.loaded)] : [parts ? '' : '—'];
  const changed = record.firstSeen && record.firstSeen !== record.loaded;
  const first = changed ? [` · ${say('firstSeen')} `, day(record.firstSeen)] : [];
  return make('span', {class: 'origin'}, `${say('origin')}: ${parts}`, ...loaded, ...first);
}

// A day is never broken at its hyphens: 2026- on one line and 03-02 on the next reads as a span of years.
const day = on => make('time', {}, on);

const madeUp = record => record.madeUp ? make('span', {class: 'made'}, say('made')) : '';

function properties(facts) {
  const list = make('dl');
  facts.forEach(([name, value]) => list.append(make('dt', {}, inWords(name)), make('dd', {}, inWords(value))));
  return facts.length ? list : '';
}

function factParts(fact) {
  const said = fact.facts.map(sayBriefly).join(', ');
  return [fact.on ? day(fact.on) : '', fact.on && said ? ', ' : '', said].filter(Boolean);
}

// The other ends of one kind of relationship, each once with all its days.
function neighbours(at, facts) {
  const others = new Map();
  facts.forEach(fact => {
    const other = fact.from === at ? fact.to : fact.from;
    if (!others.has(other)) others.set(other, []);
    others.get(other).push(fact);
  });
  const whole = fact => at !== 0 && fact.facts.some(isLong);
  return [...others].map(([other, between]) => make('li', {},
    make('button', {type: 'button', class: 'link', onclick: () => choose(other, true)}, inWords(data.nodes[other].name)),
    ' ', make('span', {class: 'when'}, ...between.filter(fact => !whole(fact)).map(factParts).filter(parts => parts.length)
      .flatMap((parts, i) => i ? [' · ', ...parts] : parts)),
    ...between.filter(whole).map(fact => properties(fact.facts)),
    ' ', make('span', {class: 'origin'}, [...new Set(between.filter(fact => !fact.madeUp).map(fact => fact.source).filter(Boolean).map(sourceName))].join(', ')),
    between.some(fact => fact.madeUp) ? ' ' : '', between.some(fact => fact.madeUp) ? madeUp({madeUp: true}) : ''));
}

function relationships(at) {
  const groups = new Map();
  const newestFirst = (a, b) => (b.on || '').localeCompare(a.on || '');
  shownFacts.filter(fact => fact.from === at || fact.to === at).sort(newestFirst).forEach(fact => {
    const way = fact.mutual ? '' : fact.from === at ? ' →' : ' ←';
    const name = inWords(data.relations[fact.relation]) + way;
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(fact);
  });
  return [...groups].flatMap(([name, facts]) => {
    const items = neighbours(at, facts);
    const list = make('ul', {}, ...items.slice(0, SHOWN_EACH));
    const rest = items.slice(SHOWN_EACH);
    const more = rest.length ? make('button', {type: 'button', onclick: event => {
      list.append(...rest);
      event.target.remove();
    }}, sayMore(rest.length)) : '';
    const all = facts.reduce((sum, fact) => sum + (fact.more ? fact.more - 1 : 0), items.length);
    return [make('h3', {}, `${name} (${number(all)})`), list, more];
  });
}

function showDetails(at) {
  const node = data.nodes[at];
  byId('details').setAttribute('aria-label', inWords(node.name));
  byId('details').replaceChildren(...[
    make('h2', {}, inWords(node.name)),
    make('p', {}, shape(node.kind), ' ', inWords(data.kinds[node.kind].name), ' ', madeUp(node)),
    node.closed ? make('p', {}, say('closed')) : '',
    node.page ? make('p', {}, make('a', {href: node.page + (english() ? '#en' : '')}, say('own'))) : '',
    properties(node.facts),
    node.url ? make('p', {}, make('a', {href: node.url, rel: 'noopener noreferrer', target: '_blank'}, say('original'))) : '',
    node.kind === 'surplus' ? '' : origin(node),
    ...relationships(at),
    at === 0 ? '' : make('p', {}, make('button', {type: 'button', onclick: () => choose(0, true)}, say('back'))),
  ].filter(part => part !== ''));
  byId('details').scrollTop = 0;
}
