/** Fixed texts of ours for one kind of weakness; no text here is written for a single finding. */
interface Remedy {
  /** Imperative, under 60 characters. */
  readonly title: string;
  readonly fix: string;
  /** What a safe answer would have been. */
  readonly safeAnswer: string;
}

const remedy = (title: string, fix: string, safeAnswer: string): Remedy => ({ title, fix, safeAnswer });

/** By category; see OWASP LLM Top 10 (2025) and Agentic Top 10 (2026) for the practice behind each. */
export const remedyTexts: Readonly<Record<string, Remedy>> = {
  credential_leak: remedy(
    'Keep secrets out of the model’s context',
    'A model can only give away what it holds. Move keys, codes and passwords out of prompt, retrieval and tool output; rotate those that were shown; scan answers for secrets before they leave.',
    'Refuse to state credentials, and say which channel handles them.',
  ),
  tool_misuse: remedy(
    'Check every tool call outside the model',
    'Verify owner, limits and arguments in the service that carries a call out, whatever the conversation says; give each tool the least rights; ask a person before what cannot be undone.',
    'Decline the call, or ask for the confirmation that the process demands.',
  ),
  system_prompt_leak: remedy(
    'Treat the system prompt as public',
    'Remove secrets and access rules from the system prompt and enforce them in code; filter answers that repeat its text; strip characters that do not print from the input.',
    'Answer the visible question and say nothing of the instructions.',
  ),
  harmful_content: remedy(
    'Filter harmful requests and answers',
    'Put a safety classifier before and behind the model, measure it on these prompts, and keep the topics of the application narrow.',
    'Decline in a sentence, without details that help to do harm, and point to help where there is some.',
  ),
  pii_extraction: remedy(
    'Give out personal data only after a check',
    'Fetch personal data by the signed-in identity, never by what the conversation claims; mask fields that the task does not need; detect personal data in answers.',
    'Refuse to give personal data of others, and ask the user to sign in for their own.',
  ),
  jailbreak_general: remedy(
    'Hold the rules when the frame changes',
    'Test the model against role play, hypotheticals and known jailbreak texts at each change; add an input classifier for them; judge the answer, not the frame of the question.',
    'Decline what would be declined without the frame, and offer what is allowed.',
  ),
  refusal_bypass: remedy(
    'Hold a refusal when the user insists',
    'Repeat refused requests with appeals to urgency, authority and pity in the languages that users write; train or prompt for refusals that do not wear off.',
    'Refuse again in the same terms.',
  ),
  bias_fairness: remedy(
    'Test answers for equal treatment',
    'Compare answers over groups on the decisions that the application makes; take protected attributes out of what the model decides on; have people review what affects persons.',
    'Answer on the facts of the case, the same for every group.',
  ),
  content_policy: remedy(
    'Keep the assistant on its topics',
    'State the allowed topics and enforce them with a classifier on input and output; log what is turned away.',
    'Say that the topic is not handled here, and what is.',
  ),
  reasoning_exploitation: remedy(
    'Check conclusions, not chains of thought',
    'Do not act on intermediate reasoning; verify results by rules or a second model; bound the number of steps.',
    'Stop at the false premise and name it.',
  ),
  supply_chain: remedy(
    'Pin and verify models, data and packages',
    'Take models, data sets, plugins and packages from verified sources by hash; check package names that a model proposes against the registry before anyone installs them.',
    'Name only components that are known to exist, and say when that was not checked.',
  ),
  resource_exhaustion: remedy(
    'Bound what one request may cost',
    'Set limits on tokens, tool calls, time and spend for each user and session, and stop loops.',
    'Decline or shorten the task, and say what the limit is.',
  ),
  quantization_safety: remedy(
    'Repeat safety tests on the deployed weights',
    'Compression can weaken refusals: run the same suite on the quantised model that is deployed, not only on its parent.',
    'Answer as the full model does: decline.',
  ),
  alignment_integrity: remedy(
    'Watch for goals other than the user’s',
    'Separate what the operator wants from what the content asks; monitor for deception and for acting differently under test; keep a person able to stop it.',
    'Follow the operator’s instructions and say openly what was and was not done.',
  ),
  multi_turn_escalation: remedy(
    'Judge the conversation, not the turn',
    'Run topic and disclosure checks over the whole conversation; small steps pass where one leap is refused.',
    'Notice where the conversation is heading and decline there.',
  ),
  access_control: remedy(
    'Enforce rights where data are read',
    'Decide access by the identity of the session in the data layer for each object; the model must never be the one who decides.',
    'Refuse what the signed-in user may not see or do.',
  ),
  code_injection: remedy(
    'Never run model output as it comes',
    'Run generated code and queries in a sandbox without network and with the least rights; use parameters, allow-lists and timeouts.',
    'Refuse to build or run commands from untrusted text.',
  ),
  data_poisoning: remedy(
    'Verify what the model learns and retrieves from',
    'Track where training and retrieval data come from, review what enters, and test for planted behaviour.',
    'Answer from trusted sources and name them.',
  ),
  excessive_agency: remedy(
    'Give the agent only what its task needs',
    'Cut tools, rights and autonomy to the task; require approval for consequences; log each action with its cause.',
    'Say what it may not do, and hand over to a person.',
  ),
  hate_unfairness: remedy(
    'Filter hateful and demeaning answers',
    'Classify answers for hate and harassment; test continuations and role play, not only direct requests.',
    'Decline to demean a person or group.',
  ),
  illegal_activity: remedy(
    'Refuse help with crime, in every frame',
    'Classify requests by what the answer enables; test fiction, translation and research frames.',
    'Decline, without steps, amounts or sources.',
  ),
  indirect_prompt_injection: remedy(
    'Treat retrieved content as data, never as orders',
    'Mark and separate what comes from documents, mails, pages and tools; let no such content trigger tools; strip hidden text from it.',
    'Use the content, ignore instructions inside it, and say that there were some.',
  ),
  malicious_code: remedy(
    'Refuse to write or improve malicious code',
    'Classify code requests and answers; test small steps that add up to malware.',
    'Decline; explain the defence where that helps.',
  ),
  memory_poisoning: remedy(
    'Guard what an agent remembers',
    'Write to memory only from verified sources, keep tenants apart, show and expire what is stored.',
    'Refuse to store instructions from untrusted content.',
  ),
  misinformation: remedy(
    'Ground answers and admit what is not known',
    'Answer from sources and cite them; measure invented facts; let the model say that it does not know.',
    'Say that the claim is false or unknown, and why.',
  ),
  model_extraction: remedy(
    'Limit what queries reveal of the model',
    'Bound the rate and detail of answers (no raw scores), watch for systematic querying, watermark where possible.',
    'Answer the question without internals of the model.',
  ),
  output_handling: remedy(
    'Escape model output before it is used',
    'Treat answers as untrusted input: encode for HTML, shell, SQL and terminals; render no active content or remote images.',
    'Answer in plain text, without markup that acts.',
  ),
  prompt_injection: remedy(
    'Separate instructions from input',
    'Mark what is input, strip encodings and characters that hide text, check input and output with classifiers, and keep rights outside the model: no filter is complete.',
    'Go on with the task and ignore the injected instruction.',
  ),
  self_harm: remedy(
    'Answer distress with help',
    'Detect signs of distress before the model answers, and give fixed, reviewed texts with local help.',
    'Respond with care, give no means, and name where help is found.',
  ),
  sexual_content: remedy(
    'Filter sexual content',
    'Classify requests and answers; refuse anything sexual about minors without exception, and log it.',
    'Decline in a sentence.',
  ),
  training_data_leak: remedy(
    'Stop the model from reciting its training data',
    'Filter long verbatim matches in answers, remove personal and licensed data before training, test repetition attacks.',
    'Summarise in own words, or decline to recite.',
  ),
  violence: remedy(
    'Refuse help with violence',
    'Classify requests by what the answer enables; test fiction and history frames.',
    'Decline, without instructions.',
  ),
};

/** None for a category without an entry: nothing is guessed. */
export const remedyFor = (category: string): Remedy | null =>
  Object.hasOwn(remedyTexts, category) ? (remedyTexts[category] ?? null) : null;
