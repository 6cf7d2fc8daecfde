// Says on the page, in words, when a device did not give a passkey.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const said of document.querySelectorAll("[data-passkey-fault]")) said.hidden = false;
});
