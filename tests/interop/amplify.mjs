// aws-amplify, which knows one app a page.
import { Amplify } from 'aws-amplify';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { ConsoleLogger } from 'aws-amplify/utils';
import { WEB, endpoint, userPoolId } from './emulator.mjs';
import { MemoryStorage } from './memory_storage.mjs';

ConsoleLogger.LOG_LEVEL = 'ERROR'; // it warns of every endpoint that is not AWS's

/** A new page of an Amplify app. Returns the storage. */
export function openApp({ clientId = WEB, storage = new MemoryStorage() } = {}) {
  Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId: clientId, userPoolEndpoint: endpoint } } });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(storage);
  return storage;
}
