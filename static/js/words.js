// What the modules say passes through the translation catalogue: English is the key, and the page brings
// <script type="application/json" id="words"> when it speaks another language.

const words = JSON.parse(document.getElementById('words')?.textContent || '{}');

export function _(text, values = {}) {
  return (words[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A moment as the reader writes it: the time alone when it was today. */
export function moment(at) {
  const day = new Date(at).toDateString() === new Date().toDateString() ? {} : { dateStyle: 'medium' };
  return new Intl.DateTimeFormat(document.documentElement.lang || 'en', { ...day, timeStyle: 'short' }).format(at);
}

/** A small element: tag, attributes, what is in it. */
export function element(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}
