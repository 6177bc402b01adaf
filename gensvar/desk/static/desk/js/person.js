// Fills in the time zone that the browser knows, and shows what only works with a script.
// Browsers make passkeys for names, never for numeric addresses such as 127.0.0.1.
const byNumber = /^[\d.]+$|:/.test(location.hostname);

for (const box of document.querySelectorAll("[data-zone]")) {
  box.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
for (const part of document.querySelectorAll("[data-passkey]")) {
  part.hidden = !window.PublicKeyCredential || byNumber;
}
for (const part of document.querySelectorAll("[data-no-passkey]")) {
  part.hidden = Boolean(window.PublicKeyCredential) && !byNumber;
}
