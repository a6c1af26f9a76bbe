import { Module } from '@nestjs/common';
import { ActivationsModule } from '../activations/index.js';
import { DispositifsModule } from '../dispositifs/index.js';
import { TerritoiresModule } from '../territoires/index.js';
import { AppelsModule } from '../appels/index.js';
import { ParametresModule } from '../parametres/index.js';
import { ApercuActivations } from './activation.apercu.js';
import { AppelApercuResolver } from './appel-apercu.resolver.js';
import { ApercuAppels } from './appel.apercu.js';
import { ApercuResolver } from './apercu.resolver.js';

/** What an act would do before it is done: switching a dispositif on or off, publishing an appel. It looks at every capability concerned. */
@Module({
  imports: [ActivationsModule, AppelsModule, DispositifsModule, ParametresModule, TerritoiresModule],
  providers: [ApercuActivations, ApercuResolver, ApercuAppels, AppelApercuResolver],
})
export class ApercusModule {}
