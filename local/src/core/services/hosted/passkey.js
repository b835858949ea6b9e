// Has the browser make or use a passkey, and sends it with the form.
const { ceremony, options } = document.getElementById('passkey').dataset;
const form = document.querySelector('#passkey form');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const problem = document.getElementById('refused');
  problem.hidden = true;
  try {
    const json = JSON.parse(options);
    const publicKey = ceremony === 'create'
      ? PublicKeyCredential.parseCreationOptionsFromJSON(json)
      : PublicKeyCredential.parseRequestOptionsFromJSON(json);
    form.elements.credential.value = JSON.stringify(await navigator.credentials[ceremony]({ publicKey }));
    form.submit();
  } catch (error) {
    problem.textContent = `Your browser did not ${ceremony === 'create' ? 'make' : 'use'} a passkey: ${error.message}`;
    problem.hidden = false;
  }
});
