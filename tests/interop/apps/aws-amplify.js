// A page of an app on aws-amplify. `configuration` was given to it; `heard` is what Hub said.
import { Amplify } from 'aws-amplify';
import * as auth from 'aws-amplify/auth';
import 'aws-amplify/auth/enable-oauth-listener';
import { Hub } from 'aws-amplify/utils';

const heard = [];
Hub.listen('auth', ({ payload: { event, data } }) => heard.push({ event, data, error: data?.error && String(data.error) }));
Amplify.configure(configuration);
Object.assign(globalThis, { amplify: auth, heard });
