// aws-amplify, which knows one app a page.
import { Amplify } from 'aws-amplify';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { ConsoleLogger } from 'aws-amplify/utils';
import { WEB, endpoint, userPoolId } from './emulator.mjs';
import { MemoryStorage } from './memory_storage.mjs';

ConsoleLogger.LOG_LEVEL = 'ERROR'; // it warns of every endpoint that is not AWS's

/** A new page of an Amplify app, with more settings of `Auth.Cognito` and perhaps those of `API`. Returns the storage. */
export function openApp({ clientId = WEB, storage = new MemoryStorage(), cognito, API } = {}) {
  Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId: clientId, userPoolEndpoint: endpoint, ...cognito } }, API });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(storage);
  return storage;
}
