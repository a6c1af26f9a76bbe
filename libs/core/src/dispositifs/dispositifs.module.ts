import { Module } from '@nestjs/common';
import { DispositifResolver } from './dispositif.resolver.js';
import { DispositifService } from './dispositif.service.js';

/** The catalogue of dispositifs. `RegistreDispositifs` comes from the application, which alone knows them. */
@Module({ providers: [DispositifService, DispositifResolver], exports: [DispositifService] })
export class DispositifsModule {}
