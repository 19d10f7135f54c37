document.querySelectorAll("[data-component=top]").forEach((button) => {
  button.addEventListener("click", () => scrollTo(0, 0));
});
