// The user's attributes: show, change, verify by a code, delete.
import { quoted } from '../code-line.js';
import { element } from '../dom.js';
import { selectField, textField } from '../form/field.js';
import { inboxHelp } from '../help/inbox.js';
import { accountAction, part } from './action.js';

/** Those that the service writes. */
const FIXED = /^(sub|identities|email_verified|phone_number_verified|cognito:.*)$/;
const ADDRESSES = { email: 'E-mail address', phone_number: 'Phone number' };

export function profilePart({ auth, emulator, notice, user }) {
  const list = element('ul', { class: 'attributes' });

  async function load() {
    const attributes = await auth.fetchUserAttributes();
    list.replaceChildren(...Object.entries(attributes).map(([name, value]) => row(name, value, attributes)));
  }

  function row(name, value, attributes) {
    const isAddress = name in ADDRESSES;
    const isVerified = attributes[`${name}_verified`] === 'true';
    return element(
      'li',
      {},
      element('div', {}, element('span', { class: 'name' }, name), element('span', { class: 'value' }, value), isAddress && element('span', { class: 'origin' }, isVerified ? 'verified' : 'not verified')),
      !FIXED.test(name) && element('div', { class: 'actions' }, rowButton('Change', name, () => fill(change, { name, value })), rowButton('Delete', name, () => fill(remove, { name }))),
    );
  }

  function rowButton(text, name, act) {
    return element('button', { type: 'button', onclick: act }, text, element('span', { class: 'unseen' }, ` ${name}`));
  }

  function fill(action, values) {
    const { elements } = action.element.querySelector('form');
    for (const [name, value] of Object.entries(values)) elements[name].value = value;
    action.showLine();
    elements[Object.keys(values).at(-1)].focus();
  }

  const show = accountAction({ name: 'Show the attributes', code: () => 'await auth.fetchUserAttributes();', run: load });
  const change = accountAction({
    name: 'Change the attribute',
    fields: [
      textField({ name: 'name', label: 'Attribute', value: 'nickname', hint: 'Such as name, nickname, email, phone_number or locale.', autocomplete: 'off' }),
      textField({ name: 'value', label: 'New value', autocomplete: 'off' }),
    ],
    code: ({ name, value }) => `await auth.updateUserAttribute({ userAttribute: { attributeKey: ${quoted(name)}, value: ${quoted(value)} } });`,
    async run({ name, value }) {
      const { nextStep } = await auth.updateUserAttribute({ userAttribute: { attributeKey: name, value } });
      if (nextStep.updateAttributeStep === 'CONFIRM_ATTRIBUTE_WITH_CODE') await asked(name, nextStep.codeDeliveryDetails);
      else notice.say(`${name} is changed.`);
      await load();
    },
  });
  const remove = accountAction({
    name: 'Delete the attribute',
    fields: [textField({ name: 'name', label: 'Attribute to delete', autocomplete: 'off' })],
    code: ({ name }) => `await auth.deleteUserAttributes({ userAttributeKeys: [${quoted(name)}] });`,
    async run({ name }) {
      await auth.deleteUserAttributes({ userAttributeKeys: [name] });
      notice.say(`${name} is deleted.`);
      await load();
    },
  });

  const address = selectField({ name: 'address', label: 'Address', options: Object.entries(ADDRESSES) });
  const chosen = () => address.input.value;
  const code = textField({ name: 'code', label: 'Code', autocomplete: 'one-time-code', inputmode: 'numeric', class: 'code' });
  const inbox = inboxHelp(emulator, {
    addressee: user,
    title: 'Codes for the address',
    empty: 'There is no code yet. Send one first.',
    use(found) {
      code.input.value = found;
      confirm.showLine();
      notice.say('The code was filled in.');
      code.input.focus();
    },
  });
  async function asked(name, { destination }) {
    address.input.value = name;
    for (const action of [send, confirm]) action.showLine();
    notice.keep(`A code was sent to ${destination ?? 'you'}. The new value is not verified yet.`);
    inbox.read();
  }
  const send = accountAction({
    name: 'Send a code',
    fields: [address],
    code: ({ address: key }) => `await auth.sendUserAttributeVerificationCode({ userAttributeKey: ${quoted(key)} });`,
    async run({ address: key }) {
      await asked(key, await auth.sendUserAttributeVerificationCode({ userAttributeKey: key }));
    },
  });
  const confirm = accountAction({
    name: 'Verify the address',
    fields: [code],
    code: ({ code: given }) => `await auth.confirmUserAttribute({ userAttributeKey: ${quoted(chosen())}, confirmationCode: ${quoted(given)} });`,
    async run({ code: given }) {
      await auth.confirmUserAttribute({ userAttributeKey: chosen(), confirmationCode: given });
      code.input.value = '';
      notice.say(`${ADDRESSES[chosen()]} verified.`);
      await load();
    },
  });
  address.input.addEventListener('change', confirm.showLine);

  const actions = [show, change, remove, send, confirm];
  return {
    element: part('Profile', 'What the pool knows about you.', list, show.element, change.element, remove.element, element('h3', {}, 'Verify an address'), send.element, confirm.element, inbox.element),
    load,
    clear() {
      list.replaceChildren();
      inbox.clear();
      for (const action of actions) action.clear();
    },
  };
}
