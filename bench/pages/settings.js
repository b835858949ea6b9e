// The settings that all pages share, as an app would have them in a file of its own.
export const region = 'eu-west-1';
export const userPoolId = 'eu-west-1_AbCdEf123';
export const userPoolClientId = '1h57kf5cpq17m0eml12EXAMPLE';
export const identityPoolId = 'eu-west-1:00000000-0000-4000-8000-000000000001';
export const domain = 'auth.example.com';
export const callback = 'https://app.example.com/callback';
export const home = 'https://app.example.com/';
export const api = 'https://a1b2c3.execute-api.eu-west-1.amazonaws.com';
export const graphql = 'https://a1b2c3.appsync-api.eu-west-1.amazonaws.com/graphql';
