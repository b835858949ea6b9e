// A page that uses all that the package has.
import * as poolpass from 'poolpass';

export default poolpass;
