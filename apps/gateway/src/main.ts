import { lancerGateway } from './lancer-gateway.js';

await lancerGateway(() => import('@sillage/dispositifs'));
