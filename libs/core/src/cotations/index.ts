export { Cotation, CotationItem } from './cotation.entity.js';
export { CotationsModule } from './cotations.module.js';
