// Which facts and nodes are shown: by kind and by day; a node without a shown fact goes, the centre stays.
const wanted = {kinds: new Set(Object.keys(data.kinds)), from: '', until: '', undated: true};

function passes(fact) {
  if (![fact.from, fact.to].every(end => wanted.kinds.has(data.nodes[end].kind) || end === 0)) return false;
  if (!fact.on) return wanted.undated;
  return (!wanted.from || fact.on >= wanted.from) && (!wanted.until || fact.on <= wanted.until);
}

let shownFacts = data.facts;
let shownNodes = new Set(data.nodes.keys());

function applyFilter() {
  shownFacts = data.facts.filter(passes);
  shownNodes = new Set([0, ...shownFacts.flatMap(fact => [fact.from, fact.to])]);
}

const neighboursOf = at =>
  new Set(shownFacts.filter(fact => fact.from === at || fact.to === at).map(fact => fact.from === at ? fact.to : fact.from));

const letters = text => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

// Numbers of the shown nodes whose name holds the text, those that begin with it first.
function find(text) {
  const sought = letters(text);
  if (!sought) return [];
  const places = [...shownNodes].map(at => [at, letters(inWords(data.nodes[at].name)).indexOf(sought)]);
  return places.filter(([, place]) => place >= 0).sort((a, b) => a[1] - b[1] || a[0] - b[0]).map(([at]) => at);
}
