// The readings of a chart, one at a time. The keyboard has one stop a chart, a range over the plot: arrows, Home and End
// are the browser's, Page up and down go to the next signal. Pointers take the nearest reading. What is told of it
// stands in the page already (rows of the table, or a long chart's hidden list); its id is its address.
// Fetched when a chart is touched for the first time, so it begins with what has the focus then.

const STEPS = { PageUp: -1, PageDown: 1 };
const reachOf = (chart) => chart.querySelector('.chart-reach');
const stopsOf = (chart) => [...chart.querySelectorAll('[data-at]')];
const placeOf = (stop) => stop.dataset.at.split(' ');

function tell(chart, index) {
  const stop = stopsOf(chart)[index];
  const told = [...stop.children].filter((part) => part.textContent.trim());
  const [x, y] = placeOf(stop).map((part) => `${part}%`);
  const [line, circle] = chart.querySelector('.chart-cursor').children;
  for (const [part, name, value] of [[line, 'x1', x], [line, 'x2', x], [circle, 'cx', x], [circle, 'cy', y]]) part.setAttribute(name, value);
  Object.assign(reachOf(chart), { value: index, ariaValueText: told.map((part) => part.textContent.trim()).join(', ') });
  chart.querySelector('[data-readout]').replaceChildren(...told.map((part) => {
    const said = document.createElement('span');
    return said.append(...part.cloneNode(true).childNodes), said;
  }));
}

const point = (chart, shown) => chart.querySelector('.chart-cursor').toggleAttribute('hidden', !shown);

function meet(chart) {
  point(chart, true);
  tell(chart, +reachOf(chart).value);
}

let waiting;
function address(chart) {
  clearTimeout(waiting);
  waiting = setTimeout(() => history.replaceState(history.state, '', `#${stopsOf(chart)[reachOf(chart).value].id}`), 300);
}

function follow(chart, { clientX }) {
  const { left, width } = reachOf(chart).getBoundingClientRect();
  const away = stopsOf(chart).map((stop) => Math.abs(placeOf(stop)[0] - (clientX - left) / width * 100));
  point(chart, true);
  tell(chart, away.indexOf(Math.min(...away)));
}

/** To the next reading that is a signal; to the end of the chart where there is none. */
function jump(chart, step) {
  const stops = stopsOf(chart);
  let index = +reachOf(chart).value + step;
  while (stops[index] && !stops[index].querySelector('.signal')) index += step;
  tell(chart, Math.max(0, Math.min(index, stops.length - 1)));
  address(chart);
}

function goToAddress() {
  const stop = document.getElementById(location.hash.slice(1)), chart = stop?.closest('[data-chart]');
  if (!stop?.matches('[data-at]')) return;
  for (const table of chart.querySelectorAll('details:has([data-at])')) table.open = false;
  tell(chart, stopsOf(chart).indexOf(stop));
  reachOf(chart).focus({ preventScroll: true });
  chart.scrollIntoView({ block: 'nearest' });
}

function on(type, part, act) {
  document.addEventListener(type, (event) => event.target.matches?.(part) && act(event.target.closest('[data-chart]'), event));
}

on('input', '.chart-reach', (chart) => { tell(chart, +reachOf(chart).value); address(chart); });
on('keydown', '.chart-reach', (chart, event) => { if (STEPS[event.key]) event.preventDefault(), jump(chart, STEPS[event.key]); });
on('focusin', '.chart-reach', meet);
on('focusout', '.chart-reach', (chart) => point(chart, false));
on('pointermove', '.chart-surface', follow);
on('pointerout', '.chart-surface', (chart) => point(chart, reachOf(chart) === document.activeElement));
on('pointerdown', '.chart-surface', (chart, event) => { follow(chart, event); address(chart); });
on('click', '.chart-surface', (chart) => reachOf(chart).focus({ preventScroll: true }));
window.addEventListener('hashchange', goToAddress);
goToAddress();
if (document.activeElement.matches('.chart-reach')) meet(document.activeElement.closest('[data-chart]'));
