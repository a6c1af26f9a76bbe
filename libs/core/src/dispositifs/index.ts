export { DispositifService } from './dispositif.service.js';
export { DispositifType, presenterDispositif } from './dispositif.types.js';
export { DispositifsModule } from './dispositifs.module.js';
export { JsonScalaire } from './json.scalaire.js';
