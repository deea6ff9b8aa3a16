# What is installed: the program, the compiled content and its source, the manual page, completions and
# documents; and the Debian package of it (cpack -G DEB).
include(GNUInstallDirs)

# The compiled content, where the program looks for it: ../share/assay/assay.content from its own folder.
set(share ${CMAKE_BINARY_DIR}/share)
file(GLOB_RECURSE content_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/content/*)
add_custom_command(
  OUTPUT ${share}/assay/assay.content
  COMMAND ${CMAKE_COMMAND} -E make_directory ${share}/assay
  COMMAND assay content build ${PROJECT_SOURCE_DIR}/content -o ${share}/assay/assay.content
  DEPENDS assay ${content_files}
  COMMENT "Compiling the content"
  VERBATIM)

# What each taxonomy's classifier learned from content/training, beside the content that holds its cues.
set(models)
file(GLOB trainings CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/content/training/*.jsonl)
foreach(training ${trainings})
  cmake_path(GET training STEM taxonomy)
  set(model ${share}/assay/models/${taxonomy}.model)
  add_custom_command(
    OUTPUT ${model}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${share}/assay/models
    COMMAND ${CMAKE_COMMAND} -E env ASSAY_CONTENT=${share}/assay/assay.content
            $<TARGET_FILE:assay> document train --taxonomy ${taxonomy} ${training} -o ${model}
    DEPENDS assay ${share}/assay/assay.content ${training}
    COMMENT "Training the classifier of ${taxonomy}"
    VERBATIM)
  list(APPEND models ${model})
endforeach()

# The program writes its own manual page and completions, from the tables that parse its command lines.
add_custom_command(
  OUTPUT ${share}/man/assay.1.gz ${share}/completion/assay ${share}/completion/_assay
  COMMAND ${CMAKE_COMMAND} -E make_directory ${share}/man ${share}/completion
  COMMAND assay --man > ${share}/man/assay.1
  COMMAND gzip -9nf ${share}/man/assay.1
  COMMAND assay --completion bash > ${share}/completion/assay
  COMMAND assay --completion zsh > ${share}/completion/_assay
  DEPENDS assay
  COMMENT "Writing the manual page and completions")

# A fuzz build is for its targets alone.
if(NOT ASSAY_FUZZ)
  set(in_all ALL)
endif()
add_custom_target(content ${in_all} DEPENDS ${share}/assay/assay.content ${models})
add_custom_target(manual ${in_all} DEPENDS ${share}/man/assay.1.gz)

install(TARGETS assay assay_api)
install(DIRECTORY include/assay DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${share}/assay/assay.content DESTINATION ${CMAKE_INSTALL_DATADIR}/assay)
install(FILES ${models} DESTINATION ${CMAKE_INSTALL_DATADIR}/assay/models)
install(DIRECTORY content DESTINATION ${CMAKE_INSTALL_DATADIR}/assay)
install(FILES ${share}/man/assay.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${share}/completion/assay DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${share}/completion/_assay DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(FILES README.md THIRD_PARTY_NOTICES.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
install(DIRECTORY docs examples DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME assay)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The assay project")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR})
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "ffmpeg, libarchive-tools, tesseract-ocr-chi-sim, tesseract-ocr-eng, poppler-utils, poppler-data")
include(CPack)
