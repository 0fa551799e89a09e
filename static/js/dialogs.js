// Dialogs open from any control or key that names them, close on a press beside them, and give the focus back; so do
// menus (details with data-menu).

export function open(id) {
  const dialog = document.getElementById(id);
  if (!dialog || document.querySelector('dialog:modal')) return false;
  dialog.showModal();
  dialog.querySelector('input')?.select();
  return true;
}

/** Closes the open menu; says whether there was one. */
export function closeMenu(beside) {
  const menu = document.querySelector('details[data-menu][open]');
  if (!menu || menu.contains(beside)) return false;
  if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
  menu.open = false;
  return true;
}

document.addEventListener('click', (event) => {
  closeMenu(event.target);
  const opener = event.target.closest('[data-opens]');
  if (opener && open(opener.dataset.opens)) event.preventDefault();
  event.target.closest('[data-closes]')?.closest('dialog')?.close();
  if (event.target.matches('dialog:modal') && isBeside(event)) event.target.close();
});

function isBeside({ target, clientX, clientY }) {
  const { left, right, top, bottom } = target.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
