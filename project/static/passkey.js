/* Says in the page why a passkey was not used: the browser's own words go to the console. */
document.addEventListener("allauth.error", function (event) {
  event.preventDefault();
  document.getElementById("passkey-error").hidden = false;
});
