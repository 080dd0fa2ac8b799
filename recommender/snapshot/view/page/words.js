// The data, the language, and what the scripts say themselves: pairs, Korean and English.
const data = JSON.parse(document.getElementById('data').textContent);
const byId = id => document.getElementById(id);
const english = () => document.documentElement.lang === 'en';
const inWords = pair => pair[english() ? 1 : 0];
const small = matchMedia('(max-width:767px)').matches;
const number = value => value.toLocaleString('en-US');

const WORDS = {
  picture: ['관계도. 같은 내용이 아래 표에 있습니다.', 'Picture of the relationships. The same facts are in the table below.'],
  nearer: ['가까이', 'Zoom in'],
  farther: ['멀리', 'Zoom out'],
  source: ['시작', 'from'],
  relation: ['관계', 'relationship'],
  target: ['끝', 'to'],
  on: ['일자', 'day'],
  facts: ['내용', 'details'],
  origin: ['출처', 'source'],
  loaded: ['적재일', 'loaded on'],
  firstSeen: ['처음 적재한 날', 'first loaded on'],
  made: ['가상', 'made up'],
  nothing: ['찾은 것이 없습니다.', 'Nothing was found.'],
  own: ['이 항목의 관계도 열기', 'Open the page of this one'],
  original: ['원문 보기', 'Open the original'],
  closed: ['이웃이 많아 펼치지 않았습니다.', 'It has many neighbours and was not opened.'],
  relations: ['관계', 'Relationships'],
  back: ['가운데로', 'Back to the centre'],
};
const sourceName = name => name in data.sources ? inWords(data.sources[name]) : name;
const say = key => inWords(WORDS[key]);
const sayCount = count => english() ? `${number(count)} relationships` : `관계 ${number(count)}건`;
const sayFact = ([name, value]) => `${inWords(name)}: ${inWords(value)}`;
// In lists and rows a long value is cut; it is read whole where its relationship is all that is looked at.
const LONG = 40;
const isLong = ([, value]) => inWords(value).length > LONG;
const sayBriefly = fact => isLong(fact) ? `${sayFact([fact[0], fact[1].map(text => text.slice(0, LONG).trim())])}…` : sayFact(fact);
const sayMore = count => english() ? `${number(count)} more` : `${number(count)}건 더 보기`;
const sayNode = (node, lines) => english()
  ? `${inWords(node.name)}, ${inWords(data.kinds[node.kind].name)}, ${number(lines)} neighbours`
  : `${inWords(node.name)}, ${inWords(data.kinds[node.kind].name)}, 이웃 ${number(lines)}개`;

// Text goes into the page as text alone, so that no name is ever read as HTML.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== ''));
  return element;
}

function shape(kind) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'shape');
  svg.setAttribute('viewBox', '-1.2 -1.2 2.4 2.4');
  svg.setAttribute('aria-hidden', 'true');
  const corners = data.kinds[kind].shape;
  const form = document.createElementNS('http://www.w3.org/2000/svg', corners.length ? 'polygon' : 'circle');
  if (corners.length) form.setAttribute('points', corners.map(point => point.join(',')).join(' '));
  else form.setAttribute('r', '1');
  form.setAttribute('fill', data.kinds[kind].colour);
  form.setAttribute('stroke', '#1b1b1f');
  form.setAttribute('stroke-width', '.16');
  if (kind === 'surplus') form.setAttribute('stroke-dasharray', '.3 .2');
  svg.append(form);
  return svg;
}
