// The command box: type, walk through what is found with the arrow keys, Enter goes.

import { onFailure, onSwap } from './htmx-bridge.js';
import { _, element } from './words.js';

const box = () => document.getElementById('go');
const input = () => box().querySelector('input');
const found = () => [...document.querySelectorAll('#go-results a[href]')];
let shown = '';

onSwap(({ roots, address }) => {
  if (roots.some((root) => root.id === 'go-results')) shown = new URL(address, location).searchParams.get('q');
});

onFailure(({ source }) => {
  const words = _('No answer came. Enter looks on a page of its own.');
  if (source === input()) document.getElementById('go-results').replaceChildren(element('p', { role: 'alert' }, words));
});

function walk(event, step) {
  const stops = [input(), ...found()];
  const at = stops.indexOf(document.activeElement);
  stops[(at + step + stops.length) % stops.length].focus();
  event.preventDefault();
}

document.addEventListener('keydown', (event) => {
  if (event.isComposing || !box()?.contains(event.target)) return;
  const typing = event.target === input();
  if (event.key === 'ArrowDown') walk(event, 1);
  else if (event.key === 'ArrowUp') walk(event, -1);
  else if (event.key === 'Enter' && typing && shown === input().value && found().length) {
    event.preventDefault();
    found()[0].click();
  } else if (!typing && event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) input().focus();
});
