// The shown facts in words: sorted, a part at a time, and whole as CSV.
const COLUMNS = ['source', 'relation', 'target', 'on', 'facts', 'origin', 'loaded', 'made'];
const STEP = small ? 20 : 50;
const order = {column: 'on', down: true, shown: STEP};

const cell = {
  source: fact => inWords(data.nodes[fact.from].name),
  relation: fact => inWords(data.relations[fact.relation]),
  target: fact => inWords(data.nodes[fact.to].name),
  on: fact => fact.on || '',
  facts: fact => fact.facts.map(sayFact).join(', '),
  origin: fact => fact.source ? sourceName(fact.source) : '',
  loaded: fact => fact.loaded || '',
  made: fact => fact.madeUp ? say('made') : '',
};

// What the search names leads; without a search, all that is shown.
function listed() {
  const hits = new Set(eye.hits);
  const facts = byId('search').value.trim() ? shownFacts.filter(fact => hits.has(fact.from) || hits.has(fact.to)) : shownFacts;
  const compare = new Intl.Collator(document.documentElement.lang, {numeric: true}).compare;
  const keyed = facts.map(fact => [cell[order.column](fact), fact]);
  return keyed.sort(([a], [b]) => compare(a, b) * (order.down ? -1 : 1)).map(([, fact]) => fact);
}

function row(fact) {
  const said = () => fact.facts.map(order.shown < Infinity ? sayBriefly : sayFact).join(', ');
  const name = at => make('button', {type: 'button', class: 'link', onclick: () => choose(at, true)}, inWords(data.nodes[at].name));
  return make('tr', {role: 'row'}, ...COLUMNS.map(column => {
    const content = {source: () => name(fact.from), target: () => name(fact.to), facts: said}[column] || (() => cell[column](fact));
    const first = column === 'source';
    const looks = {'data-column': column, class: ['source', 'target', 'facts'].includes(column) ? 'long' : 'short'};
    return make(first ? 'th' : 'td', {...looks, role: first ? 'rowheader' : 'cell', ...(first ? {scope: 'row'} : {})}, content());
  }));
}

function showTable() {
  const facts = listed();
  byId('columns').replaceChildren(...COLUMNS.map(column => {
    const sorted = order.column === column ? (order.down ? 'descending' : 'ascending') : 'none';
    const sort = () => {
      order.down = order.column === column ? !order.down : false;
      order.column = column;
      showTable();
      byId('columns').children[COLUMNS.indexOf(column)].firstChild.focus();
    };
    return make('th', {role: 'columnheader', scope: 'col', 'aria-sort': sorted},
      make('button', {type: 'button', onclick: sort}, say(column)));
  }));
  byId('rows').replaceChildren(...facts.slice(0, order.shown).map(row));
  byId('count').textContent = sayCount(facts.filter(fact => !fact.more).length);
  byId('more').hidden = facts.length <= order.shown;
  byId('more').textContent = sayMore(facts.length - order.shown);
}

// A cell that a spreadsheet would take for a formula is told to be text.
const csvCell = text => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

function csv() {
  const rows = [COLUMNS.map(say), ...listed().map(fact => COLUMNS.map(column => cell[column](fact)))];
  return `\ufeff${rows.map(each => each.map(csvCell).join(',')).join('\r\n')}\r\n`;
}
