// Focus is never lost: after a swap it goes where the answer asks, stays where it was, or lands as near as can be.

import { onSwap, onSwapping, OPENER } from './htmx-bridge.js';

const REACHABLE = 'a[href], button, input:not([type="hidden"]), select, textarea, summary, [tabindex]';
const first = (roots, selector) => {
  for (const root of roots) {
    const found = root.matches(selector) ? root : root.querySelector(selector);
    if (found) return found;
  }
  return null;
};
const nearest = (element, around) => {
  const all = [...(around?.querySelectorAll(REACHABLE) ?? [])];
  const at = all.indexOf(element);
  return at < 0 ? all : all.toSorted((one, other) => Math.abs(all.indexOf(one) - at) - Math.abs(all.indexOf(other) - at));
};
let was;
let row;
let opener;

function reach(element) {
  if (!element?.isConnected || element.matches(':disabled') || !element.checkVisibility()) return false;
  element.focus();
  if (document.activeElement === element) return true;
  element.tabIndex = -1;
  element.focus();
  return document.activeElement === element;
}

const isLost = ({ activeElement }) => activeElement === document.body || activeElement.matches(':disabled');

onSwapping(() => {
  const { activeElement } = document;
  was = activeElement === document.body ? null : activeElement;
  // What an editor stood in has a link that opens it; a button's row may come back in another place of the part.
  row = activeElement.closest('.form') ? null : activeElement.closest(':is(li, article, [data-row])[id]')?.id;
});

onSwap(({ roots, status, source, form }) => {
  const { activeElement } = document;
  if (source.matches(OPENER)) opener = source.getAttribute('href');
  const elsewhere = activeElement.matches('input, textarea, select') && ![...roots, form].some((part) => part?.contains(activeElement));
  const wanted = (status === 422 && first(roots, '[aria-invalid="true"]')) || first(roots, '[data-focus]');
  if (wanted && !elsewhere && reach(wanted)) return;
  if (!was || !isLost(document)) return;
  const same = was.isConnected ? was : document.getElementById(was.id);
  const around = same?.closest('li, [data-row]') ?? same?.closest('form, section') ?? document.getElementById(row);
  reach(same)
    || nearest(same, around).some(reach)
    || (opener && reach(first(roots, `a[href="${CSS.escape(opener)}"]`)))
    || reach(first(roots, 'h1, h2, h3, legend'))
    || roots.some(reach)
    || reach(document.querySelector('main'));
});

// A page that opens as an editor: the first field, or the first that was refused. Not on a phone, where it would jump.
if (!location.hash && matchMedia('(pointer: fine)').matches && document.activeElement === document.body) {
  reach(document.querySelector('main [aria-invalid="true"]') ?? document.querySelector('main form [data-focus]'));
}
