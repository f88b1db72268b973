// Takes over into the html element what [data-root] says of the whole document: a swap changes the body alone.
document.addEventListener("htmx:after:swap", () => {
  for (const { dataset } of document.querySelectorAll("[data-root]")) {
    const { root, ...facts } = dataset;
    Object.assign(document.documentElement.dataset, facts);
  }
});
