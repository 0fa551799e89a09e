// The keyboard habits people bring. Single keys wait while someone types, and can be switched off (WCAG 2.1.4).

import { closeMenu, open } from './dialogs.js';
import { keep, kept } from './store.js';

const SWITCH = '[data-keys-switch]';
const typed = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]';
const isTyping = (target) => target.matches(typed) && !target.matches('[type="checkbox"], [type="radio"], [type="button"]');

function move(step) {
  const rows = [...document.querySelectorAll('[data-row]')].filter((row) => row.checkVisibility());
  const at = rows.indexOf(document.activeElement.closest('[data-row]'));
  const row = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
  if (!row) return;
  if (!row.matches('a[href], button')) row.tabIndex = -1;
  row.focus();
}

// What the page has for the key (data-key), its main part before the frame.
const keyed = (key) => /^[a-z]$/.test(key) && [...document.querySelectorAll(`[data-key="${key}"]`)]
  .sort((one, other) => !!other.closest('main') - !!one.closest('main'))
  .find((each) => each.checkVisibility());

const single = {
  '?': () => open('keys'),
  '/': () => open('go'),
  j: () => move(1),
  k: () => move(-1),
};

const isOff = () => kept('kata:keys') === 'off';

function send(form) {
  const buttons = [...form.elements].filter((each) => each.type === 'submit' && !each.disabled);
  const button = buttons.find((each) => each.matches('[data-send]')) ?? buttons[0];
  form.requestSubmit(button);
}

document.addEventListener('keydown', (event) => {
  const { key, target } = event;
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const form = target.closest('form');
  if (event.ctrlKey || event.metaKey) {
    if (key === 'Enter' && form) event.preventDefault(), send(form);
    if (key === 'k' && !event.shiftKey && open('go')) event.preventDefault();
  } else if (document.querySelector('dialog:modal, :popover-open')) {
    return;
  } else if (key === 'Escape') {
    if (!closeMenu()) form?.querySelector('[data-cancel]')?.click();
  } else if (key === 'Enter' && target.matches('[data-row]:not(a, button)')) {
    target.querySelector('a[href]')?.click();
  } else if (!isTyping(target) && !isOff() && (single[key] || keyed(key))) {
    event.preventDefault();
    keyed(key) ? keyed(key).click() : single[key]();
  }
});

document.addEventListener('change', ({ target }) => {
  if (target.matches(SWITCH)) keep('kata:keys', target.checked ? 'on' : 'off');
});
for (const box of document.querySelectorAll(SWITCH)) box.checked = !isOff();
