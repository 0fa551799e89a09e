// The address of a reading that the chart does not show just now: the part of it around that reading is asked for.

const DAY = /^#point-(\d{4}-\d\d-\d\d)$/;

function find() {
  const [, day] = location.hash.match(DAY) ?? [];
  if (!day || document.getElementById(`point-${day}`) || location.search.includes(`point=${day}`)) return;
  location.replace(`?point=${day}${location.hash}`);
}

window.addEventListener('hashchange', find);
find();
