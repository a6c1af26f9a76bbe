export { HabilitationsModule } from './habilitations.module.js';
