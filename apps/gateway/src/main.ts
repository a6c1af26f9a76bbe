import { dispositifs } from '@sillage/dispositifs';
import { lancerGateway } from './lancer-gateway.js';

await lancerGateway(dispositifs);
