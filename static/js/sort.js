// Ordering by hand: mouse or finger drags a row by its handle and posts through the row's own form, the same address
// that the move buttons use. The keyboard has those buttons.

import { onFailure, onSwap } from './htmx-bridge.js';

const EDGE = 60;
let drag;
let undo;

function start(event, item, list) {
  const items = [...list.children].filter((each) => each.matches('li'));
  const boxes = items.map((each) => {
    const { top, height } = each.getBoundingClientRect();
    return { top: top + scrollY, height };
  });
  const from = items.indexOf(item);
  const near = boxes[from + 1] ? boxes[from + 1].top - boxes[from].top : boxes[from].top - (boxes[from - 1]?.top ?? 0);
  drag = { item, items, boxes, from, to: from, near, origin: event.clientY + scrollY, at: event.clientY };
  event.target.setPointerCapture(event.pointerId);
  item.dataset.dragging = '';
  requestAnimationFrame(roll);
}

function follow() {
  const { items, boxes, from, near } = drag;
  const by = drag.at + scrollY - drag.origin;
  drag.to = boxes.filter((box, at) => at !== from && box.top + box.height / 2 < drag.at + scrollY).length;
  items.forEach((each, at) => {
    const moved = at > from && at <= drag.to ? -near : at < from && at >= drag.to ? near : 0;
    each.style.translate = `0 ${at === from ? by : moved}px`;
  });
}

function roll() {
  if (!drag) return;
  const speed = drag.at < EDGE ? -8 : drag.at > innerHeight - EDGE ? 8 : 0;
  if (speed) scrollBy(0, speed);
  follow();
  requestAnimationFrame(roll);
}

function end(dropped) {
  const { item, items, from, to } = drag;
  drag = null;
  for (const each of items) each.style.translate = '';
  delete item.dataset.dragging;
  const form = item.querySelector('form[data-sort-form]');
  if (!dropped || to === from || !form) return;
  const place = item.nextSibling;
  const list = item.parentNode;
  items[to][to > from ? 'after' : 'before'](item);
  undo = { form, back: () => list.insertBefore(item, place?.parentNode === list ? place : null) };
  form.elements.namedItem('to').value = to;
  form.requestSubmit();
}

document.addEventListener('pointerdown', (event) => {
  const item = event.target.closest('[data-drag]')?.closest('[data-sortable] > li');
  if (!item || drag || event.button || !event.isPrimary) return;
  event.preventDefault();
  start(event, item, item.parentNode);
});
document.addEventListener('pointermove', ({ clientY }) => { if (drag) drag.at = clientY; });
document.addEventListener('pointerup', () => { if (drag) follow(), end(true); });
document.addEventListener('pointercancel', () => drag && end(false));
document.addEventListener('selectstart', (event) => drag && event.preventDefault());
document.addEventListener('keydown', (event) => {
  if (!drag || event.key !== 'Escape') return;
  event.preventDefault();
  end(false);
}, true);
onSwap(() => drag && end(false));
onFailure(({ form }) => form === undo?.form && undo.back());
