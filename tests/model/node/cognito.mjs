// Cognito as far as sessions go, by the rules of cognito.rs, which a test there holds against poolpass-local.

export const CLIENT = 'client1';
export const POOL = 'eu-west-1_PoolPass1';
export const IDENTITY_POOL = 'eu-west-1:00000000-0000-4000-8000-000000000001';
export const LIFE = 3_600_000;

class Refusal extends Error {
  constructor(name, message, effect) {
    super(message);
    Object.assign(this, { name, effect });
  }
}

export class Cognito {
  /** A family is everything that comes of one sign-in. */
  families = [];
  #rules;
  /** Of each refresh token its family, and when another one took its place. */
  #tokens = new Map();
  #count = 0;

  constructor(rules) {
    this.#rules = rules;
  }

  /** Answers a request. `effect` says what it did to a refresh token. */
  answer(operation, input, time) {
    if (!Object.hasOwn(Cognito.prototype, operation)) throw new Error(`The model has no ${operation}.`);
    try {
      const { effect, ...body } = this[operation](input, time);
      return { status: 200, body, effect };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: 400, body: { __type: error.name, message: error.message }, effect: error.effect };
    }
  }

  /** The family of a sign-in, by the password that it gave. */
  familyOf(password) {
    const family = this.families.findIndex((one) => one.password === password);
    return family < 0 ? undefined : family;
  }

  /** Revokes every session of a user, as from another device. */
  revokeUser(user) {
    for (const family of this.families.filter((one) => one.user === user)) family.isRevoked = true;
  }

  InitiateAuth({ AuthParameters: { USERNAME, PASSWORD } }, time) {
    const family = this.families.push({ user: USERNAME, password: PASSWORD, isRevoked: false }) - 1;
    return { AuthenticationResult: { ...this.#signed(family, time), RefreshToken: this.#refreshToken(family) } };
  }

  GetTokensFromRefreshToken({ RefreshToken: token }, time) {
    const known = this.#tokens.get(token);
    if (!known) throw new Refusal('NotAuthorizedException', 'Invalid Refresh Token');
    const { family, replacedAt } = known;
    if (this.families[family].isRevoked) throw new Refusal('NotAuthorizedException', 'Refresh Token has been revoked');
    if (!this.#rules.rotates) return { AuthenticationResult: this.#signed(family, time) };
    if (time - replacedAt >= this.#rules.grace) {
      throw new Refusal('RefreshTokenReuseException', 'Refresh token has been invalidated', { name: 'reused', family, token });
    }
    known.replacedAt ??= time;
    return {
      AuthenticationResult: { ...this.#signed(family, time), RefreshToken: this.#refreshToken(family) },
      effect: { name: replacedAt === undefined ? 'rotated' : 'again', family, token },
    };
  }

  RevokeToken({ Token }) {
    const known = this.#tokens.get(Token);
    if (known) this.families[known.family].isRevoked = true;
    return {};
  }

  GlobalSignOut({ AccessToken }) {
    this.revokeUser(this.families[familyOfToken(AccessToken)].user);
    return {};
  }

  GetId() {
    return { IdentityId: `eu-west-1:${String((this.#count += 1)).padStart(8, '0')}-0000-4000-8000-000000000000` };
  }

  GetCredentialsForIdentity({ IdentityId, Logins }, time) {
    const family = Logins ? familyOfToken(Object.values(Logins)[0]) : 'guest';
    const Credentials = {
      AccessKeyId: `ASIA${(this.#count += 1)}X${family}`,
      SecretKey: `secret-${family}-`,
      SessionToken: 't',
      Expiration: Math.floor((time + LIFE) / 1000),
    };
    return { IdentityId, Credentials };
  }

  #refreshToken(family) {
    const token = `refresh-${family}-${(this.#count += 1)}`;
    this.#tokens.set(token, { family });
    return token;
  }

  #signed(family, time) {
    const username = `${this.families[family].user}-${family}`;
    const jti = (this.#count += 1);
    const token = (claims) => {
      const iss = `https://cognito-idp.eu-west-1.amazonaws.com/${POOL}`;
      const seconds = { iat: Math.floor(time / 1000), exp: Math.floor((time + LIFE) / 1000) };
      const payload = { iss, sub: this.families[family].user, jti, origin_jti: `family-${family}`, ...seconds, ...claims };
      return `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2ln`;
    };
    return {
      AccessToken: token({ token_use: 'access', client_id: CLIENT, username }),
      IdToken: token({ token_use: 'id', aud: CLIENT, 'cognito:username': username }),
      ExpiresIn: LIFE / 1000,
      TokenType: 'Bearer',
    };
  }
}

/** The sign-in that a token comes from. */
export const familyOfToken = (token) => numberIn(JSON.parse(Buffer.from(token.split('.')[1], 'base64url')).origin_jti);

/** The sign-in in a name as `family-3`, `ada-3`, `secret-3-` or `refresh-3-17`; undefined for a guest's. */
export function numberIn(name) {
  const number = Number.parseInt(name.split('-')[1], 10);
  return Number.isNaN(number) ? undefined : number;
}

/** The sign-in that a stored text has something of; undefined if it has nothing of any. */
export function familyInText(text) {
  try {
    const { accessToken, secretAccessKey } = JSON.parse(text);
    return accessToken ? familyOfToken(accessToken) : numberIn(secretAccessKey);
  } catch {
    return undefined;
  }
}
