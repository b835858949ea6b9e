// Creates a user.
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
    hint: 'Any address works. Nothing leaves your machine.',
  });
  const password = passwordField({
    label: 'Password',
    autocomplete: 'new-password',
    hint: 'At least eight characters, with an uppercase letter, a lowercase letter, a digit, and a symbol.',
  });

  async function submit(values) {
    const { isSignUpComplete, nextStep } = await auth.signUp({
      username: values.username,
      password: values.password,
      options: { userAttributes: { email: values.email } },
    });
    password.input.value = '';
    const known = { username: values.username };
    if (isSignUpComplete) return go('sign-in', { ...known, notice: 'You are signed up. You can sign in now.' });
    const destination = nextStep.codeDeliveryDetails?.destination;
    go('confirm', { ...known, warning: `You are signed up. A code was sent to ${destination ?? 'you'}.` });
  }

  const form = taskForm({ label: 'Sign up', fields: [username, email, password], submitText: 'Sign up', submit });

  return {
    title: 'Sign up',
    heading: title,
    element: element(
      'section',
      { class: 'card' },
      title,
      element('p', { class: 'lead' }, 'You will receive a code to confirm your address.'),
      form.element,
      element('p', { class: 'elsewhere' }, 'Already have an account? ', element('a', { href: '#sign-in' }, 'Sign in')),
    ),
    leave: form.problem.clear,
  };
}
