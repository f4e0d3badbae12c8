// Asks the browser to make or to use a passkey, and sends what it gives with the form. Where it
// gives none the form is sent without, and the page that comes back says what to do.
const { ceremony, options } = document.getElementById("passkey-options").dataset;
const form = document.getElementById("passkey");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const { publicKey } = JSON.parse(options);
    const credential = ceremony === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
    form.elements.credential.value = JSON.stringify(credential.toJSON());
  } catch {
    form.elements.credential.value = "";
  }
  form.submit();
});
