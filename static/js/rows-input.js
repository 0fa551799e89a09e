// How hands work on repeatable rows: add, remove, move, Enter goes down, a pasted list or sheet fills several rows.

import { add, cellsOf, changed, fill, linesOf, read, remove, shown, undoable } from './rows.js';
import { put } from './fields.js';
import { _ } from './words.js';

const placeOf = (target) => ({ box: target.closest('[data-rows]'), line: target.closest('[data-line]') });

function swap(box, line, other, button) {
  if (!other) return;
  const values = read(line);
  fill(line, read(other));
  fill(other, values);
  changed(box);
  other.querySelector(`[${button}]`).focus();
}

document.addEventListener('click', ({ target }) => {
  const { box, line } = placeOf(target);
  if (!box) return;
  const lines = shown(box);
  const at = lines.indexOf(line);
  if (target.closest('[data-row-add]')) cellsOf(add(box) ?? lines.at(-1))[0].focus();
  else if (target.closest('[data-row-remove]')) remove(box, line);
  else if (target.closest('[data-row-up]')) swap(box, line, lines[at - 1], 'data-row-up');
  else if (target.closest('[data-row-down]')) swap(box, line, lines[at + 1], 'data-row-down');
});

document.addEventListener('keydown', (event) => {
  const { box, line } = placeOf(event.target);
  if (event.key !== 'Enter' || event.isComposing || event.ctrlKey || event.metaKey || !line || !event.target.matches('input')) return;
  event.preventDefault();
  const lines = shown(box);
  const below = lines[lines.indexOf(line) + 1];
  if (below) cellsOf(below)[cellsOf(line).indexOf(event.target)].focus();
  else cellsOf(add(box) ?? line)[0].focus();
});

document.addEventListener('paste', (event) => {
  const { box, line } = placeOf(event.target);
  const text = event.clipboardData?.getData('text/plain').replace(/(\r?\n)+$/, '') ?? '';
  if (!line || !event.target.matches('input') || !/[\n\t]/.test(text)) return;
  event.preventDefault();
  const rows = text.split(/\r?\n/).map((row) => row.split('\t'));
  const column = cellsOf(line).indexOf(event.target);
  undoable(box, _('{count} rows pasted.', { count: rows.length }), () => {
    let at = linesOf(box).indexOf(line);
    for (const row of rows) {
      const into = shown(box)[at] ?? add(box);
      if (!into) break;
      at += 1;
      row.forEach((text, index) => cellsOf(into)[column + index] && put(cellsOf(into)[column + index], text.trim()));
    }
  });
});
