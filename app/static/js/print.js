// A button with data-prints opens the browser's own print dialog.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-prints]")) window.print();
});
