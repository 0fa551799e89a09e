// Quiet help with wording while people type, from the plain rules in /wording.json; it never blocks and can be sent away.

import { onSwap } from './htmx-bridge.js';
import { keep, kept } from './store.js';
import { _, element } from './words.js';

const MOST = 2;
const timers = new WeakMap();
let asked;

async function fetchRules() {
  const answer = await fetch('/wording.json');
  if (!answer.ok) return [];
  const rules = await answer.json();
  return rules.map((rule) => ({ ...rule, test: new RegExp(rule.pattern, rule.flags ?? 'iu') }));
}

const rulesNow = () => (asked ??= fetchRules().catch(() => { asked = null; return []; }));
const sentAway = (field, rule) => `kata:hint:${field.form?.dataset.draft ?? field.id}:${rule}`;

const applies = (rule, field, text) => rule.fields.includes(field.dataset.wording)
  && rule.test.test(text) !== Boolean(rule.absent) && !kept(sentAway(field, rule.name), 'session');

async function show(field) {
  const rules = await rulesNow();
  const text = field.value.trim();
  const list = document.querySelector(`[data-hints-for="${CSS.escape(field.id)}"]`);
  if (!list) return;
  const found = text ? rules.filter((rule) => applies(rule, field, text)).slice(0, MOST) : [];
  if (found.map((rule) => rule.name).join() === [...list.children].map((item) => item.dataset.rule).join()) return;
  list.replaceChildren(...found.map(({ name, message, better }) => element('li', { 'data-rule': name },
    element('span', {}, message), ' ', ...(better ? [element('q', {}, better), ' '] : []),
    element('button', { type: 'button', 'data-hint-dismiss': '', 'aria-label': _('Hide this hint: {hint}', { hint: message }) }, '×'))));
}

document.addEventListener('focusin', ({ target }) => target.matches('[data-wording]') && show(target));
document.addEventListener('input', ({ target }) => {
  if (!target.matches('[data-wording]')) return;
  clearTimeout(timers.get(target));
  timers.set(target, setTimeout(show, 600, target));
});
document.addEventListener('click', ({ target }) => {
  const item = target.closest('[data-hint-dismiss]')?.closest('li');
  const field = item && document.getElementById(item.parentElement.dataset.hintsFor);
  if (!field) return;
  keep(sentAway(field, item.dataset.rule), true, 'session');
  field.focus();
  show(field);
});
onSwap(() => document.activeElement.matches('[data-wording]') && show(document.activeElement));
