/**
 * Being told of new articles in followed topics. Which topics those are lies on this phone alone; whoever wants to be
 * told has to let the server know them, so that is asked for by itself.
 */

import { say } from "../page/speech.js";
import { told } from "../page/push-account.js";
import { ask as askWorker } from "../page/worker.js";
import { Standing, standing, turnOn } from "./device.js";
import { ask, isOpen } from "./offer.js";

/** A topic is followed from now on, or no more: tell the server where it knows of them, else offer it. */
export async function followed(topic: string, isFollowed: boolean, opener: HTMLElement): Promise<void> {
  const others = (await followedTopics()).filter((one) => one !== topic);
  const topics = isFollowed ? [...others, topic] : others;
  const now = await standing();
  if (now === Standing.On && told()?.topics) return void turnOn(topics);
  if (!isFollowed || (now !== Standing.On && now !== Standing.Off) || !(await isOpen("respite-push-topics"))) return;
  ask(
    say("Shall this device tell you of new articles in topics you follow? For that our server has to be told which those are. So far only this phone knows."),
    say("Yes, tell the server"),
    async () => turnOn(await followedTopics()),
    opener,
  );
}

/** Give the topics that are followed on this phone. */
export async function followedTopics(): Promise<readonly string[]> {
  return (await askWorker({ type: "store" }))?.wishes.topics ?? [];
}
