// A birth year of a child asks for the guardian at once; without JavaScript the saved page does.
"use strict";
document.querySelectorAll("[data-of-age-from]").forEach((block) => {
  const year = block.closest("fieldset").querySelector("[name$='-birth_year']");
  const show = () => {
    const child = /^\d{4}$/.test(year.value.trim()) && +year.value > +block.dataset.ofAgeFrom;
    const typed = [...block.querySelectorAll("input")].some((input) => input.value);
    block.hidden = !child && !typed;
  };
  year.addEventListener("input", show);
  show();
});
