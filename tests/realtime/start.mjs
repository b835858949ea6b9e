// The modules of www/poolpass that are loaded later, without the start that hands them what they share.
import { arriving } from '../../www/poolpass/arriving.js';
import { show, arrival } from '../../www/poolpass/arrival.js';
import { START } from '../../www/poolpass/auth.js';
import { adopt } from '../../www/poolpass/shared.js';

adopt([...START, arrival, show, arriving]);
