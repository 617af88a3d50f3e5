// One press copies the text of a box; without JavaScript it is marked and copied by hand.
"use strict";
document.querySelectorAll("[data-copies]").forEach((button) => {
  const box = document.getElementById(button.dataset.copies);
  const said = button.nextElementSibling;
  const byHand = () => {
    box.focus();
    box.select();
    // Without HTTPS, as in an office's own network, a browser has only the older way.
    said.hidden = !document.execCommand("copy");
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (!navigator.clipboard) return byHand();
    navigator.clipboard.writeText(box.value).then(() => { said.hidden = false; }, byHand);
  });
});
