// A page that uses all that the packages for sign-in, REST, GraphQL and Events have.
import { Amplify } from 'aws-amplify';
import * as api from 'aws-amplify/api';
import * as auth from 'aws-amplify/auth';
import 'aws-amplify/auth/enable-oauth-listener';
import { events } from 'aws-amplify/data';
import { Hub } from 'aws-amplify/utils';

export default { Amplify, Hub, api, auth, events };
