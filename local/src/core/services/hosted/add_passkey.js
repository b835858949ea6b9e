// Has the browser make a passkey, and sends it with the form.
const form = document.querySelector('form');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const problem = document.getElementById('refused');
  problem.hidden = true;
  try {
    const { options } = document.getElementById('passkey').dataset;
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options));
    form.elements.credential.value = JSON.stringify(await navigator.credentials.create({ publicKey }));
    form.submit();
  } catch (error) {
    problem.textContent = `Your browser did not make a passkey: ${error.message}`;
    problem.hidden = false;
  }
});
