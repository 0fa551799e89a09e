// Repeatable rows (the steps of a process, readings) that feel like a small sheet. The server renders spare rows, so
// they work without this; here rows stay where they are and only what is in them moves, so names never change.

import { onSwap } from './htmx-bridge.js';
import { put, valueOf } from './fields.js';
import { offer } from './toast.js';
import { _ } from './words.js';

const linesOf = (box) => [...box.querySelectorAll('[data-line]')];
const shown = (box) => linesOf(box).filter((line) => !line.hidden);
const cellsOf = (line) => [...line.querySelectorAll('input, select, textarea')];
const blankOf = (cell) => (cell.options ? cell.options[0].value : cell.type !== 'checkbox' && '');
const isBlank = (line) => cellsOf(line).every((cell) => cell.type === 'hidden' || valueOf(cell) === blankOf(cell));
const read = (line) => cellsOf(line).map(valueOf);
const fill = (line, values) => cellsOf(line).forEach((cell, at) => put(cell, values?.[at] ?? blankOf(cell)));
const changed = (box) => cellsOf(box)[0].dispatchEvent(new Event('input', { bubbles: true }));

function tidy(box) {
  const lines = linesOf(box);
  const last = lines.findLastIndex((line) => !isBlank(line) || line.contains(document.activeElement));
  lines.forEach((line, at) => { line.hidden = at > last + 1; });
}

function add(box) {
  let line = linesOf(box).find((each) => each.hidden);
  if (!line) {
    const count = linesOf(box).length;
    if (count >= Number(box.dataset.max || 200)) return null;
    const copy = document.createElement('template');
    copy.innerHTML = box.querySelector('[data-row-template]').innerHTML.replaceAll('__i__', count);
    line = copy.content.firstElementChild;
    linesOf(box).at(-1).after(line);
  }
  line.hidden = false;
  return line;
}

const boxesIn = (root) => [...(root.matches?.('[data-rows]') ? [root] : []), ...root.querySelectorAll('[data-rows]')];

/** Makes room for every field name of a draft. */
export function growRows(form, names) {
  for (const box of boxesIn(form)) {
    const used = names.map((name) => name.startsWith(`${box.dataset.rows}-`) && parseInt(name.slice(box.dataset.rows.length + 1), 10));
    const last = Math.max(0, ...used.filter(Number.isInteger));
    while (shown(box).length <= last && add(box));
  }
}

/** Does something to the rows, and offers to take it back. */
function undoable(box, text, act) {
  const before = linesOf(box).map(read);
  act();
  changed(box);
  offer(text, _('Undo'), () => {
    linesOf(box).forEach((line, at) => fill(line, before[at]));
    tidy(box);
    changed(box);
  });
}

export function remove(box, line) {
  const lines = shown(box);
  const at = lines.indexOf(line);
  undoable(box, _('Row removed.'), () => {
    const values = lines.map(read).toSpliced(at, 1);
    lines.forEach((each, index) => fill(each, values[index]));
    cellsOf(lines[Math.min(at, Math.max(0, lines.length - 2))])[0].focus();
    tidy(box);
  });
}

export { add, cellsOf, changed, fill, linesOf, read, shown, undoable };

onSwap(({ roots }) => roots.flatMap((root) => boxesIn(root)).forEach(tidy));
boxesIn(document).forEach(tidy);
