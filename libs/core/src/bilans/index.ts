export { Bilan } from './bilan.entity.js';
export { BilansModule } from './bilans.module.js';
