// The modules of www/poolpass that are loaded later, without the start that hands them what they share.
import * as arriving from '../../www/poolpass/arriving.js';
import * as errors from '../../www/poolpass/error.js';
import * as input from '../../www/poolpass/input.js';
import { adopt } from '../../www/poolpass/shared.js';

adopt({ ...errors, ...input, ...arriving });
