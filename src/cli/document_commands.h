// SPDX-License-Identifier: Apache-2.0
//
// The commands of `assay document` and what they share.
#pragma once

#include "cli/command.h"
#include "document/classifier.h"

namespace assay::cli {

Result<int> document_text(Session& session);
Result<int> document_outline(Session& session);
Result<int> document_coverage(Session& session);
Result<int> document_against(Session& session);
Result<int> document_compare(Session& session);
Result<int> document_search(Session& session);
Result<int> document_classify(Session& session);
Result<int> document_train(Session& session);
Result<int> document_eval(Session& session);

// The files given as PATH, and those of the folders given; what cannot be listed is told, and the
// exit code becomes 3.
std::vector<std::string> document_files(Session& session, int& code);

// A document that could not be read, where others go on.
void tell_unread(Session& session, const std::string& path, Error error);

// The labels of the framework that --taxonomy names: its items that have cues.
Result<std::vector<document::Label>> taxonomy_labels(Session& session, std::string& framework);

// The classifier of that framework, with its model where one stands beside the content.
Result<document::Classifier> taxonomy_classifier(Session& session);

}  // namespace assay::cli
