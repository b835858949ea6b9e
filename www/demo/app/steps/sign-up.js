// Making a new user.
import { element, heading } from '../dom.js';
import { passwordField, textField } from '../form/field.js';
import { taskForm } from '../form/form.js';

export function signUpStep({ auth, go }) {
  const title = heading('Sign up');
  const username = textField({ name: 'username', label: 'User name', autocomplete: 'username' });
  const email = textField({
    name: 'email',
    label: 'E-mail',
    type: 'email',
    autocomplete: 'email',
    hint: 'Any address will do: nothing leaves your machine.',
  });
  const password = passwordField({
    label: 'Password',
    autocomplete: 'new-password',
    hint: 'Eight characters or more, with a capital and a small letter, a digit and a symbol.',
  });

  async function submit(values) {
    const { isSignUpComplete, nextStep } = await auth.signUp({
      username: values.username,
      password: values.password,
      options: { userAttributes: { email: values.email } },
    });
    password.input.value = '';
    const known = { username: values.username };
    if (isSignUpComplete) return go('sign-in', { ...known, notice: 'You are signed up. Now sign in.' });
    const destination = nextStep.codeDeliveryDetails?.destination;
    go('confirm', { ...known, notice: `You are signed up. A code is on its way to ${destination ?? 'you'}.` });
  }

  const form = taskForm({ label: 'Sign up', fields: [username, email, password], submitText: 'Sign up', submit });

  return {
    title: 'Sign up',
    heading: title,
    element: element(
      'section',
      { class: 'card' },
      title,
      element('p', { class: 'lead' }, 'You will be sent a code that confirms the address.'),
      form.element,
      element('p', { class: 'elsewhere' }, 'Been here before? ', element('a', { href: '#sign-in' }, 'Sign in')),
    ),
    leave: form.problem.clear,
  };
}
