// Tried before: while somebody writes an obstacle or plans a step, what was tried before stands below it, after a pause.
// It never blocks, and whoever closes it has their peace for as long as the page is open.

import { _, element } from './words.js';

const PAUSE = 1200;
const FEWEST = 3;
const WATCHED = '[data-wording=obstacle], [data-wording=step]';
const timers = new WeakMap();
let asking;
let closed = false;

const link = (href, ...inside) => element('a', { href, target: '_blank', rel: 'noopener', dir: 'auto' }, ...inside);

const line = ({ name, label, text }) => element('p', { class: `small in-${name}` },
  element('b', {}, `${label}:`), ' ', element('span', { dir: 'auto' }, text));

const item = ({ href, title, where, told, ask }) => element('li', {},
  element('p', {}, link(href, title), ' ', element('small', {}, where)), ...told.map(line),
  element('p', { class: 'small' }, _('Ask'), ' ', link(ask.href, ask.name)));

const panel = (rows) => element('aside', { class: 'tried', 'aria-label': _('Tried before') },
  element('header', {}, element('b', {}, _('Tried before')),
    element('button', { type: 'button', 'data-tried-close': '', 'aria-label': _('Close what was tried before') }, '×')),
  element('ul', {}, ...rows.map(item)));

function shown(field) {
  const next = field.closest('.field')?.nextElementSibling;
  return next?.matches('.tried') ? next : null;
}

async function look(field) {
  const words = field.value.trim();
  if (closed || !field.isConnected || words.split(/\s+/).length < FEWEST) return;
  asking?.abort();
  asking = new AbortController();
  const asked = `/learning/tried.json?${new URLSearchParams({ q: words.slice(0, 300) })}`;
  const answer = await fetch(asked, { signal: asking.signal, redirect: 'error' }).catch(() => null);
  if (!answer?.ok || closed || field.value.trim() !== words) return;
  const rows = answer.status === 204 ? [] : await answer.json().catch(() => []);
  shown(field)?.remove();
  if (rows.length) field.closest('.field')?.after(panel(rows));
}

function later(field) {
  if (!field?.matches(WATCHED)) return;
  clearTimeout(timers.get(field));
  timers.set(field, setTimeout(look, PAUSE, field));
}

document.addEventListener('input', ({ target }) => later(target));
document.addEventListener('click', ({ target }) => {
  const found = target.closest('[data-tried-close]')?.closest('.tried');
  if (!found) return;
  closed = true;
  const field = found.previousElementSibling?.querySelector(WATCHED);
  found.remove();
  field?.focus();
});

// Whoever was quicker than this script came is asked for, too.
later(document.activeElement);
